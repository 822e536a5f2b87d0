import { choose, expectCounts, expectStatus, openConsole, openDelivery, reopenConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

test('a scheduled delivery starts automatically, also after a restart', async ({ page, herald, gateway }) => {
  await addClients(herald, 20)
  await openConsole(page, herald)

  await test.step('a later start is chosen, and shown', async () => {
    await page.getByRole('link', { name: 'New delivery' }).click()
    await page.getByRole('textbox', { name: 'Delivery name' }).fill('Reminder')
    await page.getByRole('textbox', { name: 'Message text' }).fill('See you soon')
    await choose(page, 'Start', 'Later')
    await page.getByRole('button', { name: 'Start time' }).click()
    await page.getByRole('button', { name: 'In an hour' }).click()
    await page.keyboard.press('Escape')
    await expect(page.getByText(/Currently 20 clients, starting on/)).toBeVisible()
    await page.getByRole('button', { name: 'Schedule…' }).click()
    const question = page.getByRole('dialog', { name: 'Schedule “Reminder”?' })
    await expect(question).toContainText('Sending starts on')
    await question.getByRole('button', { name: 'Schedule for 20 clients' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Reminder' })).toBeVisible()
    await expect(page.getByText('Scheduled to start')).toBeVisible()
    await expect(page.getByText(/Starts automatically on .* \(in 1 hour\)/)).toBeVisible()
  })

  // Nobody wants to wait for an hour: another program moves the start, and the open page is told.
  const { results } = await herald.client.deliveries.page({})
  const id = results[0]?.id ?? 0
  const startsAt = new Date(Date.now() + 10_000)
  await herald.client.deliveries.update({ id, startsAt: startsAt.toISOString() })
  await expect(page.getByText(/Starts automatically on .* \(now\)/)).toBeVisible()

  await test.step('the program is stopped and started again, without an open console', async () => {
    await page.goto('about:blank')
    await herald.stop()
    expect(gateway.requests).toHaveLength(0)
    await herald.startAgain()
    await gateway.received(20)
    expect(gateway.requests[0]?.at).toBeGreaterThanOrEqual(startsAt.getTime())
  })

  const shown = await reopenConsole(page, herald)
  await openDelivery(shown, 'Reminder')
  await expectCounts(shown, { Sent: 20, Queued: 0, Failed: 0 })
  await expectStatus(shown, 'Completed')
  expect(gateway.requests).toHaveLength(20)
})

test('a start missed while the program was closed happens at the next start', async ({ page, herald, gateway }) => {
  await addClients(herald, 5)
  // Late enough for a busy machine to stop the program first.
  const startsAt = Date.now() + 10_000
  await herald.client.deliveries.create({
    name: 'Overslept',
    text: 'Better late than never',
    startsAt: new Date(startsAt).toISOString(),
  })
  await herald.stop()
  await expect.poll(() => Date.now(), { timeout: 20_000 }).toBeGreaterThan(startsAt)
  expect(gateway.requests).toHaveLength(0)

  await herald.startAgain()
  const shown = await reopenConsole(page, herald)
  await openDelivery(shown, 'Overslept')
  await expectCounts(shown, { Sent: 5, Queued: 0 })
  expect(gateway.requests).toHaveLength(5)
})
