import { choose, expectCounts, goTo, openConsole, openDelivery, reopenConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, heldBack } from '../support/loopback-gateway.ts'

test('a change of the gateway’s rate during a delivery applies to the next messages', async ({
  page,
  herald,
  gateway,
}) => {
  test.slow()
  const clients = 300
  const concurrency = 32
  await addClients(herald, clients)
  const held = heldBack()
  gateway.answer(held.script)
  await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready' })
  await gateway.received(concurrency)
  await openConsole(page, herald)
  await goTo(page, 'Settings')
  const settings = page.getByRole('region', { name: 'Gateway' })
  const rate = settings.getByRole('textbox', { name: 'Messages per second' })
  // The button rests while it saves too: only the program knows what holds.
  const save = async (ratePerSecond: number | null) => {
    await settings.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await herald.client.gateway.get()).ratePerSecond).toBe(ratePerSecond)
  }

  await test.step('nonsense is refused in words', async () => {
    await expect(rate).toHaveAttribute('placeholder', 'No limit')
    await rate.fill('0')
    await settings.getByRole('button', { name: 'Save' }).click()
    await expect(settings.getByText('1 to 1,000,000, or empty for no limit')).toBeVisible()
  })

  await test.step('one a second: what was under way ends, and the rest trickles', async () => {
    await rate.fill('1')
    await save(1)
    const savedAt = performance.now()
    held.release()
    gateway.answer(() => accepted)
    await gateway.received(concurrency + 6)
    // The first of the six may go at once; a busy machine only makes it last longer.
    expect(performance.now() - savedAt).toBeGreaterThan(5_000)
    expect(gateway.requests.length).toBeLessThan(clients / 2)
  })

  await test.step('no limit: the rest goes out, in its order, to each once', async () => {
    await rate.fill('')
    await save(null)
    // At one a second this would take four minutes, which no test waits for.
    await gateway.received(clients)
    await openDelivery(page, 'Bills')
    await expectCounts(page, { Sent: clients, Queued: 0 })
    const ids = gateway.requests.map(({ id }) => id)
    const trickled = ids.slice(concurrency, concurrency + 6)
    expect(trickled).toEqual(trickled.toSorted((a, b) => a - b))
    expect(new Set(ids).size).toBe(clients)
    expect(ids).toHaveLength(clients)
  })
})

test('messages interrupted by a crash are held for the user if the settings say so', async ({
  page,
  herald,
  gateway,
}) => {
  test.slow()
  await addClients(herald, 6)
  await herald.client.gateway.update({ concurrency: 2 })
  const held = heldBack()
  gateway.answer(held.script)
  await openConsole(page, herald)
  await goTo(page, 'Settings')
  const settings = page.getByRole('region', { name: 'Gateway' })
  await expect(settings.getByRole('radio', { name: 'Send again' })).toBeChecked()
  await expect(settings.getByText('Choose what happens to them at the next start')).toBeVisible()
  await choose(page, 'Messages interrupted by a crash', 'Hold for review')
  await settings.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Settings saved')).toBeVisible()

  await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready' })
  await gateway.received(2)
  await page.goto('about:blank')
  await herald.kill()
  gateway.answer(() => accepted)
  await herald.startAgain()
  const shown = await reopenConsole(page, herald)
  await openDelivery(shown, 'Bills')
  await expectCounts(shown, { Unknown: 2, Sent: 4, Queued: 0 })
  expect(gateway.timesSeen.size).toBe(6)
  expect(gateway.requests).toHaveLength(6)
  held.release()
  await goTo(shown, 'Settings')
  await expect(shown.getByRole('radio', { name: 'Hold for review' })).toBeChecked()
})
