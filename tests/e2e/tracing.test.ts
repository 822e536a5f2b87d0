import { counter, expectCounts, expectStatus, goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted, heldBack } from '../support/loopback-gateway.ts'

test('a message lists every request, failed and accepted', async ({ page, herald, gateway }) => {
  await addClients(herald, 1)
  gateway.answer(({ turn }) =>
    turn === 1 ? { status: 503, body: 'busy' } : { status: 200, body: '{"code":0,"message":"taken as 17"}' },
  )
  await openConsole(page, herald)
  await herald.client.deliveries.create({ name: 'Price list', text: 'New prices' })
  await openDelivery(page, 'Price list')
  await expectCounts(page, { Sent: 1 })
  await expectStatus(page, 'Completed')
  await page.getByRole('region', { name: 'Messages', exact: true }).getByRole('row').nth(1).click()

  const story = page.getByRole('dialog', { name: /^Message \d+$/ }).getByRole('listitem')
  await expect(story).toHaveText([
    /^Completed.*entire delivery · all messages processed$/,
    /^Accepted.*Request 2 · .*s · HTTP 200 · → Sent\{"code":0,"message":"taken as 17"\}$/,
    /^Gateway error.*Request 1 · .*s · HTTP 503 · .*→ Queued.*busy$/,
    /^Queued.*recipients locked at start$/,
    /^Running.*entire delivery · start time reached$/,
    /^Scheduled.*entire delivery · manually$/,
  ])
})

test('the user’s changes to a delivery appear at once in its history and its clients’', async ({
  page,
  herald,
  gateway,
}) => {
  await addClients(herald, 3)
  await herald.client.gateway.update({ concurrency: 1 })
  const held = heldBack()
  gateway.answer(held.script)
  await herald.client.deliveries.create({ name: 'Price list', text: 'New prices' })
  await gateway.received(1)
  await openConsole(page, herald)
  await openDelivery(page, 'Price list')
  const history = page.getByRole('region', { name: 'History' }).getByRole('listitem')
  const begun = [
    /^3 messages: Queued.*recipients locked at start$/,
    /^Running.*start time reached$/,
    /^Scheduled.*manually$/,
  ]
  await expect(history).toHaveText(begun)

  await test.step('paused and resumed', async () => {
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expect(history).toHaveText([/^Paused.*manually$/, ...begun])
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await expect(history).toHaveText([/^Running.*manually$/, /^Paused.*manually$/, ...begun])
    gateway.answer(() => accepted)
    held.release()
    await expect(history.first()).toHaveText(/^Completed.*all messages processed$/)
    await expect(counter(page, 'Sent')).toHaveText('Sent3')
  })

  await test.step('of many changes the latest twenty are shown, and more when asked for', async () => {
    const { id } = await herald.client.deliveries.create({ name: 'Draft', text: 'Hello', draft: true })
    for (let turn = 1; turn <= 20; turn += 1) await herald.client.deliveries.update({ id, name: `Draft ${turn}` })
    await openDelivery(page, 'Draft 20')
    await expect(history).toHaveCount(20)
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect(history).toHaveCount(21)
    await expect(history.first()).toContainText('Changed: name')
    await expect(history.last()).toHaveText(/^Draft.*manually$/)
    await expect(page.getByRole('button', { name: 'Show more' })).toBeHidden()
  })

  await test.step('a client who opts out, and whose message led to the delivery', async () => {
    await goTo(page, 'Clients')
    await page.getByRole('row').nth(1).click()
    const client = page.getByRole('dialog')
    const queued = /^Queued.*recipients locked at start · message \d of delivery 1$/
    const happened = client.getByRole('region', { name: 'History' }).getByRole('listitem')
    const requests = client.getByRole('region', { name: 'Requests' }).getByRole('listitem')
    await expect(happened).toHaveText([queued])
    await client.getByRole('switch', { name: 'Opted out' }).press('Space')
    await client.getByRole('button', { name: 'Save' }).click()
    await expect(client).toBeHidden()
    await page.getByRole('row').nth(1).click()
    await expect(happened).toHaveText([/^Opted out.*manually$/, queued])
    await expect(requests).toHaveText([/^Accepted.*message \d · Request 1 · .* · HTTP 200 · → Sent$/])
    await client.getByRole('link', { name: /of delivery 1$/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Price list' })).toBeVisible()
  })
})
