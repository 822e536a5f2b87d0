import { expectCounts, expectStatus, goTo, openConsole, openDelivery, reopenConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, heldBack } from '../support/loopback-gateway.ts'

/** The default of the settings: as many requests are under way at once. */
const concurrency = 32

test('a paused delivery sends nothing, and continues where it stopped when it is resumed', async ({
  page,
  herald,
  gateway,
}) => {
  await addClients(herald, 100)
  const held = heldBack()
  gateway.answer(held.script)
  await herald.client.deliveries.create({ name: 'Slow news', text: 'No hurry' })
  await openConsole(page, herald)
  await openDelivery(page, 'Slow news')
  await expectCounts(page, { Sending: concurrency, Queued: 100 - concurrency, Sent: 0 })

  await test.step('what is under way comes to its end, and nothing new begins', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
    await expect(page.getByText('100 messages are pending until you resume.')).toBeVisible()
    held.release()
    gateway.answer(() => accepted)
    await expectCounts(page, { Sent: concurrency, Sending: 0, Queued: 100 - concurrency })
    await expect(page.getByText('68 messages are pending until you resume.')).toBeVisible()
  })

  const shown = await test.step('it stays paused, whatever else is done and also over a restart', async () => {
    await goTo(page, 'Deliveries')
    await expect(page.getByRole('row', { name: /Slow news Paused/ })).toBeVisible()
    await page.goto('about:blank')
    await herald.stop()
    await herald.startAgain()
    const shown = await reopenConsole(page, herald)
    await openDelivery(shown, 'Slow news')
    await expectCounts(shown, { Sent: concurrency, Queued: 100 - concurrency })
    expect(gateway.requests).toHaveLength(concurrency)
    return shown
  })

  await test.step('resumed, it sends the rest and nobody gets anything twice', async () => {
    await shown.getByRole('button', { name: 'Resume' }).click()
    await expectCounts(shown, { Sent: 100, Queued: 0, Sending: 0 })
    await expectStatus(shown, 'Completed')
    expect(gateway.requests).toHaveLength(100)
    expect(gateway.timesSeen.size).toBe(100)
  })
})
