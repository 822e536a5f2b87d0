import { choose, expectCounts, goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** A JWT that runs out after so long, and is worth nothing. */
function tokenFor(ms: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part({ exp: Math.floor((Date.now() + ms) / 1000) })}.signature`
}

test('while the gateway is down, a banner shows since when and when the next attempt is', async ({
  page,
  herald,
  gateway,
}) => {
  // The pauses between probes double up to two minutes; on a busy machine one more of them goes by.
  test.setTimeout(300_000)
  const clients = 60
  await addClients(herald, clients)
  await openConsole(page, herald)
  const status = page.getByRole('status')
  const banner = status.filter({ hasText: 'The gateway has been unreachable' })
  await expect(banner).toBeHidden()
  await gateway.goDown()
  await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready' })

  await test.step('the banner is on every screen, and asks for no action', async () => {
    await expect(banner).toContainText(/unreachable since \d+:\d\d\s[AP]M\./, { timeout: 30_000 })
    await expect(banner).toContainText('You don’t need to do anything')
    await expect(banner).toContainText(/Cause: .*ECONNREFUSED/)
    await goTo(page, 'Settings')
    await expect(banner).toBeVisible()
  })

  await test.step('the next probe has its moment, which moves with every probe and is not read out each time', async () => {
    const next = banner.locator('[aria-live="off"]')
    const moment = /retry automatically at (\d+:\d\d:\d\d)/
    await expect(next).toContainText(moment)
    const momentNow = async () => moment.exec(await next.innerText())?.[1]
    const first = await momentNow()
    await expect.poll(async () => [undefined, first].includes(await momentNow()), { timeout: 60_000 }).toBe(false)
  })

  await test.step('when the gateway is back the banner disappears and everything is sent, to each once', async () => {
    await gateway.comeUp()
    await expect(banner).toBeHidden({ timeout: 150_000 })
    await openDelivery(page, 'Bills')
    await expectCounts(page, { Sent: clients, Queued: 0, Failed: 0 })
    expect(gateway.timesSeen.size).toBe(clients)
    expect(gateway.requests).toHaveLength(clients)
  })

  await test.step('the outage cost an attempt only to the messages that detected it', async () => {
    const { results } = await herald.client.messages.page({ limit: 100 })
    const attempts = results.map((message) => message.attempts)
    expect(Math.max(...attempts)).toBeLessThanOrEqual(2)
    expect(attempts.filter((count) => count > 1).length).toBeLessThan(20)
  })
})

test('a banner warns a day before a token expires, and when it has expired, until it is replaced', async ({
  page,
  startHerald,
  gateway,
}) => {
  test.slow()
  const herald = await startHerald()
  await herald.client.gateway.update({ kind: 'http', url: gateway.url, token: tokenFor(20 * hourMs) })
  await page.clock.install()
  await openConsole(page, herald)
  const soon = page.getByRole('status').filter({ hasText: 'token expires' })
  const expired = page.getByRole('alert').filter({ hasText: 'token expired' })

  await test.step('the remaining time is shown, and counts down', async () => {
    await expect(soon).toContainText('The gateway token expires in 20 hours.')
    await expect(soon).toContainText('After that, the gateway will reject messages')
    await page.clock.fastForward(19.5 * hourMs)
    await expect(soon).toContainText('expires in 30 minutes.')
    await expect(expired).toBeHidden()
  })

  await test.step('once the token has expired, the banner shows it', async () => {
    await page.clock.fastForward(31 * minuteMs)
    await expect(expired).toBeVisible()
    await expect(soon).toBeHidden()
  })

  await test.step('a new token takes the banner away', async () => {
    await expired.getByRole('link', { name: 'Enter a new token in Settings' }).click()
    const settings = page.getByRole('region', { name: 'Gateway' })
    await settings.getByRole('textbox', { name: 'Token' }).fill(tokenFor(200 * 24 * hourMs))
    await settings.getByRole('button', { name: 'Save' }).click()
    await expect(expired).toBeHidden()
    await expect(soon).toBeHidden()
  })
})

test('a token valid for days and the sandbox show no banner', async ({ page, startHerald, gateway }) => {
  test.slow()
  const herald = await startHerald()
  const banner = page.getByText(/gateway token expire[sd]/)
  await herald.client.gateway.update({ kind: 'http', url: gateway.url, token: tokenFor(-hourMs) })
  await openConsole(page, herald)
  await expect(banner).toBeVisible()
  await goTo(page, 'Settings')
  await choose(page, 'Gateway type', 'Sandbox')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(banner).toBeHidden()
  await herald.client.gateway.update({ kind: 'http', token: tokenFor(48 * hourMs) })
  await page.reload()
  await expect(page.getByText(/Saved; expires/)).toBeVisible()
  await expect(banner).toBeHidden()
})

test('a banner shows that a part of the program keeps crashing, and sending continues', {
  tag: '@web',
}, async ({ page, startHerald, gateway }) => {
  test.slow()
  const herald = await startHerald({ gateway: { url: gateway.url, token: 'a-token' }, mortal: 'working' })
  const clients = 90
  await addClients(herald, clients)
  await herald.client.gateway.update({ ratePerSecond: 10 })
  await openConsole(page, herald)
  const banner = page.getByRole('alert').filter({ hasText: 'Sending has been crashing' })
  await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready' })
  for (const _death of [1, 2, 3]) {
    await expect(banner).toBeHidden()
    const before = gateway.requests.length
    await gateway.received(before + 5)
    herald.killSender()
  }
  await expect(banner).toContainText(/since \d+:\d\d\s[AP]M\. This is a fault in Herald\./)
  await expect(banner).toContainText(/Restarted at \d+:\d\d:\d\d/)
  await openDelivery(page, 'Bills')
  await expect(banner).toBeVisible()
  await herald.client.gateway.update({ ratePerSecond: null })
  await expectCounts(page, { Sent: clients, Queued: 0, Sending: 0 })
  expect(gateway.timesSeen.size).toBe(clients)
})
