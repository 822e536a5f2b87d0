import { counter, expectCounts, openConsole, openDelivery, reopenConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, heldBack } from '../support/loopback-gateway.ts'

test('a cancelled delivery keeps what was sent, cancels the rest and never resumes', async ({
  page,
  herald,
  gateway,
}) => {
  await addClients(herald, 100)
  const held = heldBack()
  gateway.answer((request) => (gateway.requests.length <= 10 ? accepted : held.script(request)))
  await herald.client.deliveries.create({ name: 'A mistake', text: 'This should not have gone out' })
  await openConsole(page, herald)
  await openDelivery(page, 'A mistake')
  await expectCounts(page, { Sent: 10, Sending: 32, Queued: 58 })

  await test.step('the question says what will happen, and takes no for an answer', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Cancel delivery' }).click()
    const question = page.getByRole('dialog', { name: 'Cancel “A mistake”?' })
    await expect(question).toContainText('58 unsent messages will be cancelled.')
    await expect(question).toContainText('32 in progress may still arrive.')
    await expect(question).toContainText('10 already sent.')
    await expect(question).toContainText('A cancelled delivery can’t be resumed.')
    await question.getByRole('button', { name: 'Go back' }).click()
    await expect(question).toBeHidden()
    await expect(page.getByRole('button', { name: 'Pause' })).toBeEnabled()
  })

  await test.step('confirmed, the rest is cancelled for good', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Cancel delivery' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel delivery' }).click()
    await expectCounts(page, { Sent: 10, Cancelled: 58, Sending: 32, Queued: 0 })
    await expect(page.getByRole('button', { name: 'Pause' })).toBeHidden()
    await expect(page.getByRole('button', { name: 'Resume' })).toBeHidden()
    await expect(page.getByRole('link', { name: 'Edit' })).toBeHidden()
  })

  await test.step('what was under way tells the truth about itself', async () => {
    held.release()
    await expectCounts(page, { Sent: 42, Cancelled: 58, Sending: 0, Queued: 0 })
  })

  await test.step('it is the same after a restart, and the gateway hears nothing more', async () => {
    gateway.answer(() => accepted)
    await page.goto('about:blank')
    await herald.stop()
    await herald.startAgain()
    const shown = await reopenConsole(page, herald)
    await openDelivery(shown, 'A mistake')
    await expectCounts(shown, { Sent: 42, Cancelled: 58 })
    await counter(shown, 'Cancelled').click()
    await expect(shown.getByRole('region', { name: 'Messages', exact: true }).getByText('58 messages')).toBeVisible()
    expect(gateway.requests).toHaveLength(42)
  })
})
