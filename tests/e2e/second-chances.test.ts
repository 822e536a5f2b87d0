import type { Page } from '@playwright/test'
import {
  counter,
  expectCounts,
  expectStatus,
  goTo,
  openConsole,
  openDelivery,
  reopenConsole,
} from '../support/e2e-console.ts'
import { addClients, addCrowd, theirFilter } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, type FakeGateway } from '../support/loopback-gateway.ts'
import type { WebProgram } from '../support/web-program.ts'

const uncertain = (page: Page) => page.getByRole('status').filter({ hasText: 'unknown status' })

test('failed messages are retried after the gateway is repaired, and nobody gets a message twice', async ({
  page,
  herald,
  gateway,
}) => {
  await addClients(herald, 30)
  await addCrowd(herald)
  const isWrong = (phone: number) => phone % 10 === 7
  gateway.answer(({ phone }) => (isWrong(phone) ? { status: 400, body: '{"message":"no such number"}' } : accepted))
  await herald.client.deliveries.create({ name: 'Invitation', text: 'Come and see', filter: theirFilter })
  await openConsole(page, herald)
  await openDelivery(page, 'Invitation')
  await expectCounts(page, { Sent: 27, Failed: 3 })
  await expectStatus(page, 'Completed')
  const retry = page.getByRole('button', { name: 'Retry failed (3)' })

  await test.step('the question says what will happen, and takes no for an answer', async () => {
    await retry.click()
    const question = page.getByRole('dialog', { name: 'Retry the failed messages of “Invitation”?' })
    await expect(question).toContainText('3 messages will be retried.')
    await expect(question).toContainText('The completed delivery resumes until')
    await expect(question).toContainText('Only failed messages are resent.')
    await question.getByRole('button', { name: 'Go back' }).click()
    await expect(question).toBeHidden()
    expect(gateway.requests).toHaveLength(30)
  })

  await test.step('a gateway that still refuses leaves them failed', async () => {
    await retry.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 3 messages' }).click()
    await expect(page.getByText('3 messages of “Invitation” requeued')).toBeVisible()
    await gateway.received(33)
    await expectCounts(page, { Sent: 27, Failed: 3, Queued: 0, Sending: 0 })
    await expectStatus(page, 'Completed')
  })

  await test.step('after the repair, exactly those are retried, also from the list of deliveries', async () => {
    gateway.answer(() => accepted)
    await goTo(page, 'Deliveries')
    await page.getByRole('button', { name: 'Actions for “Invitation”' }).click()
    await page.getByRole('menuitem', { name: 'Retry failed (3)' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 3 messages' }).click()
    await openDelivery(page, 'Invitation')
    await expectCounts(page, { Sent: 30, Failed: 0 })
    await expect(retry).toBeHidden()
    for (const { id, phone } of gateway.requests) expect(gateway.timesSeen.get(id)).toBe(isWrong(phone) ? 3 : 1)
    expect(gateway.requests).toHaveLength(36)
  })
})

/** A delivery whose program is killed while eight of its messages are under way; the operator wants to decide about such. */
async function cutOff(herald: WebProgram, gateway: FakeGateway, before: Page, paused = false) {
  await addClients(herald, 20)
  await herald.client.gateway.update({ interrupted: 'hold', concurrency: 8 })
  gateway.answer(() => 'hang')
  const { id } = await herald.client.deliveries.create({ name: 'Price list', text: 'New prices' })
  await gateway.received(8)
  if (paused) await herald.client.deliveries.pause({ id })
  await herald.kill()
  gateway.answer(() => accepted)
  await herald.startAgain()
  const page = await reopenConsole(before, herald)
  await openDelivery(page, 'Price list')
  return { id, page }
}

test('after a crash the user resolves the uncertain messages, one by one or all', async ({
  page: before,
  herald,
  gateway,
}) => {
  const { page } = await cutOff(herald, gateway, before)
  const underWay = gateway.requests.slice(0, 8).map(({ id }) => id)
  await expectCounts(page, { Sent: 12, Unknown: 8, Queued: 0, Sending: 0 })
  await expect(uncertain(page)).toContainText('8 messages have unknown status')
  const drawer = page.getByRole('dialog', { name: /^Message \d+$/ })

  await test.step('one of them is resolved in the message’s drawer', async () => {
    await uncertain(page).getByRole('link', { name: 'Review one by one' }).click()
    await expect(counter(page, 'Unknown')).toHaveAttribute('aria-pressed', 'true')
    const messages = page.getByRole('region', { name: 'Messages', exact: true })
    await expect(messages.getByText('8 messages')).toBeVisible()
    await messages.getByRole('row').nth(1).click()
    await expect(drawer.getByText('This message has unknown status')).toBeVisible()
    await drawer.getByRole('button', { name: 'Mark as sent' }).click()
    const question = page.getByRole('dialog', { name: 'Mark 1 message as sent?' })

    // The question alone hears the key: what it was asked about stays open.
    await page.keyboard.press('Escape')
    await expect(question).toBeHidden()
    await expect(drawer).toBeVisible()

    await drawer.getByRole('button', { name: 'Mark as sent' }).click()
    await question.getByRole('button', { name: 'Mark as sent' }).click()
    await expect(page.getByText('1 message marked as sent')).toBeVisible()
    await expect(drawer.getByRole('listitem').first()).toHaveText(/^Sent.*previously Unknown · manually$/)
    await expect(drawer.getByRole('button', { name: 'Mark as sent' })).toBeHidden()
    await expectCounts(page, { Sent: 13, Unknown: 7 })
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
    await expect(messages.getByText('7 messages')).toBeVisible()
  })

  await test.step('the others are sent again, after a word of warning', async () => {
    await uncertain(page).getByRole('button', { name: 'Send all again' }).click()
    const question = page.getByRole('dialog', { name: 'Send 7 messages again?' })
    await expect(question).toContainText('Someone may get the text twice')
    await question.getByRole('button', { name: 'Send 7 messages again' }).click()
    await expect(page.getByText('7 messages requeued')).toBeVisible()
    await expectCounts(page, { Sent: 20, Unknown: 0, Queued: 0, Sending: 0 })
    await expect(uncertain(page)).toBeHidden()
    await expectStatus(page, 'Completed')
  })

  const twice = [...gateway.timesSeen].filter(([, times]) => times === 2).map(([id]) => id)
  expect(twice).toHaveLength(7)
  expect(underWay).toEqual(expect.arrayContaining(twice))
  expect(gateway.requests).toHaveLength(8 + 12 + 7)
})

test('when the end has passed, uncertain messages are only marked, and the page says why', async ({
  page: before,
  herald,
  gateway,
  expectComplaint,
}) => {
  expectComplaint(/status of 409/, 'somebody else settles them while the question is open')
  const { id, page } = await cutOff(herald, gateway, before, true)
  await expectCounts(page, { Unknown: 8, Queued: 12 })
  await expect(uncertain(page).getByRole('button')).toHaveText([
    'Mark all as sent',
    'Send all again',
    'Mark all as failed',
  ])

  await test.step('the end comes, and with it the choice is smaller', async () => {
    await herald.client.deliveries.update({ id, endsAt: new Date(Date.now() + 5_000).toISOString() })
    await expectCounts(page, { Unknown: 8, Expired: 12, Queued: 0 })
    await expect(uncertain(page).getByRole('button')).toHaveText(['Mark all as sent', 'Mark all as failed'])
    await expect(uncertain(page)).toContainText('Can’t send again: the delivery ended on')
  })

  await test.step('in the drawer likewise', async () => {
    await uncertain(page).getByRole('link').click()
    await page.getByRole('region', { name: 'Messages', exact: true }).getByRole('row').nth(1).click()
    const drawer = page.getByRole('dialog', { name: /^Message \d+$/ })
    await expect(drawer).toContainText('Can’t send again: the delivery ended on')
    await expect(drawer.getByRole('button', { name: /Mark|Send/ })).toHaveText(['Mark as sent', 'Mark as failed'])
    await drawer.getByRole('button', { name: 'Mark as failed' }).click()
    const question = page.getByRole('dialog', { name: 'Mark 1 message as failed?' })
    await question.getByRole('button', { name: 'Mark as failed' }).click()
    await expectCounts(page, { Unknown: 7, Failed: 1 })
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
  })

  await test.step('a late answer gets an explanation', async () => {
    await uncertain(page).getByRole('button', { name: 'Mark all as failed' }).click()
    const question = page.getByRole('dialog', { name: 'Mark 7 messages as failed?' })
    await expect(question).toContainText('Nothing is sent again. This can’t be undone.')
    await herald.client.deliveries.resolveUncertain({ id, as: 'sent' })
    await question.getByRole('button', { name: 'Mark 7 as failed' }).click()
    await expect(page.getByText('Already resolved')).toBeVisible()
    await expectCounts(page, { Unknown: 0, Failed: 1, Sent: 7, Expired: 12 })
    await expect(uncertain(page)).toBeHidden()
  })

  await expect(page.getByRole('button', { name: /Retry failed/ })).toBeHidden()
  expect(gateway.requests).toHaveLength(8)
})
