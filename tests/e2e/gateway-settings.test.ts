import { choose, expectCounts, goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, type Script } from '../support/loopback-gateway.ts'

const refusal = { status: 401, body: '{"code":16,"message":"this token has run out"}' }

/** Opens to one token only. */
function opensTo(token: string): Script {
  return ({ authorization }) => (authorization === `Bearer ${token}` ? accepted : refusal)
}

test('a user tests the sandbox, then a gateway with an expired token, and replaces the token during a delivery', async ({
  page,
  startHerald,
  gateway,
}) => {
  gateway.answer(opensTo('fresh'))
  const herald = await startHerald()
  await addClients(herald, 50)
  await openConsole(page, herald)
  await goTo(page, 'Settings')
  const settings = page.getByRole('region', { name: 'Gateway' })

  await test.step('the sandbox answers as it should', async () => {
    await settings.getByRole('button', { name: 'Test connection' }).click()
    await expect(settings.getByRole('status')).toContainText('The gateway responded correctly in')
  })

  await test.step('the gateway with a stale token does not, and says so before anything is saved', async () => {
    await choose(page, 'Gateway type', 'HTTP service')
    await settings.getByRole('textbox', { name: 'Address' }).fill('probe.example/v1/send')
    await settings.getByRole('button', { name: 'Test connection' }).click()
    await expect(settings.getByText('Enter an address starting with http:// or https://')).toBeVisible()
    await settings.getByRole('textbox', { name: 'Address' }).fill(gateway.url)
    await settings.getByRole('textbox', { name: 'Token' }).fill('stale')
    await settings.getByRole('button', { name: 'Test connection' }).click()
    await expect(settings.getByRole('status')).toContainText('Unexpected response from the gateway')
    await expect(settings.getByRole('status')).toContainText('HTTP 401.')
    await expect(settings.getByRole('status')).toContainText('this token has run out')
    await settings.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Settings saved')).toBeVisible()
    await expect(settings.getByText('Saved; no expiry date.')).toBeVisible()
    await expect(settings.getByRole('textbox', { name: 'Token' })).toHaveValue('')
  })

  await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready' })
  const banner = page.getByRole('alert').filter({ hasText: 'Sending has stopped' })

  await test.step('a delivery stops with a word on every screen, and no message is lost to it', async () => {
    await expect(banner).toContainText('Sending has stopped: the gateway rejected your token.')
    await expect(banner).toContainText('this token has run out')
    await openDelivery(page, 'Bills')
    await expect(banner).toBeVisible()
    await expectCounts(page, { Queued: 50, Sending: 0, Sent: 0, Failed: 0 })
  })

  await test.step('a valid token sets it going again', async () => {
    await banner.getByRole('link', { name: 'Enter a valid token in Settings' }).click()
    await settings.getByRole('textbox', { name: 'Token' }).fill('fresh')
    await settings.getByRole('button', { name: 'Save' }).click()
    await expect(banner).toBeHidden()
    await openDelivery(page, 'Bills')
    await expectCounts(page, { Sent: 50, Queued: 0, Failed: 0 })
    await expect(page.getByText('50 of 50 messages processed')).toBeVisible()
  })

  await test.step('the refused requests have cost no message an attempt', async () => {
    const { results } = await herald.client.messages.page({ limit: 100 })
    expect(new Set(results.map(({ attempts }) => attempts))).toEqual(new Set([1]))
  })
})

test('after the gateway is repaired, “Try again” resumes sending', async ({ page, herald, gateway }) => {
  gateway.answer(() => refusal)
  await addClients(herald, 40)
  const { id } = await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready' })
  await openConsole(page, herald)
  const banner = page.getByRole('alert').filter({ hasText: 'Sending has stopped' })

  await test.step('too early, and the banner is there again', async () => {
    await expect(banner).toBeVisible()
    const underWay = async () => (await herald.client.deliveries.get({ id })).messages.byStatus.sending
    await expect.poll(underWay).toBe(0)
    const before = gateway.requests.length
    await banner.getByRole('button', { name: 'Try again' }).click()
    await gateway.received(before + 1)
    await expect.poll(async () => (await herald.client.gateway.channel()).status).toBe('stopped')
    await expect.poll(underWay).toBe(0)
    await expect(banner).toBeVisible()
  })

  await test.step('in time, and everything goes out', async () => {
    gateway.answer(() => accepted)
    await banner.getByRole('button', { name: 'Try again' }).click()
    await expect(banner).toBeHidden()
    await openDelivery(page, 'Bills')
    await expectCounts(page, { Sent: 40, Queued: 0, Failed: 0 })
  })
})

test('settings from the environment are shown and cannot be changed', async ({ page, herald, gateway }) => {
  await openConsole(page, herald)
  await goTo(page, 'Settings')
  const settings = page.getByRole('region', { name: 'Gateway' })
  const address = settings.getByRole('textbox', { name: 'Address' })
  await expect(address).toHaveValue(gateway.url)
  await expect(address).toHaveAttribute('readonly')
  await expect(settings.getByText('HERALD_GATEWAY_URL')).toBeVisible()
  await expect(settings.getByRole('textbox', { name: 'Token' })).toHaveAttribute('readonly')
  await expect(settings.getByText('HERALD_GATEWAY_TOKEN')).toBeVisible()
  await settings.getByRole('button', { name: 'Test connection' }).click()
  await expect(settings.getByRole('status')).toContainText('The gateway responded correctly')
})
