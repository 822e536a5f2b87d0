import { choose, expectCounts, goTo, openConsole, openDelivery } from '../support/e2e-console.ts'
import { expect, test } from '../support/e2e-story.ts'
import { openLoopbackWebhook } from '../support/loopback-webhook.ts'

const token = 'only-for-the-service'

test('a user defines a webhook, sees a preview of the request, and a delivery sends exactly that', async ({
  page,
  startHerald,
}) => {
  test.slow()
  const service = await openLoopbackWebhook(() => ({ status: 202, body: '{"result":{"state":"queued"}}' }))
  const herald = await startHerald()
  // The preview shows the first message to the first client: this is it.
  await herald.client.clients.create({ phone: '79001234567', name: 'Anna & "Co"', attributes: { city: 'Казань' } })
  await openConsole(page, herald)
  await goTo(page, 'Settings')
  const settings = page.getByRole('region', { name: 'Gateway' })
  const preview = settings.getByRole('region', { name: 'Request' })
  const request = preview.locator('pre')

  await test.step('the preview follows the description', async () => {
    await choose(page, 'Gateway type', 'Webhook')
    await settings.getByRole('textbox', { name: 'Token' }).fill(token)
    await settings
      .getByRole('textbox', { name: 'Address' })
      .fill(`${service.origin}/sms/{{ message.id }}?city={{ client.city }}`)
    await expect(request).toContainText(`POST ${service.origin}/sms/1?city=%D0%9A`)
    await settings.getByRole('combobox', { name: 'Method' }).click()
    await page.getByRole('option', { name: 'PUT' }).click()
    await expect(request).toContainText(`PUT ${service.origin}/sms/1`)
    await settings.getByRole('button', { name: 'Remove header' }).click()
    await settings.getByRole('button', { name: 'Add header' }).click()
    await settings.getByRole('textbox', { name: 'Header', exact: true }).last().fill('X-Api-Key')
    await settings.getByRole('textbox', { name: 'Value', exact: true }).last().fill('key {{ token }}')
    await expect(request).toContainText('X-Api-Key: key ********')
  })

  await test.step('errors are shown beside the request, and saving is refused', async () => {
    const body = settings.getByRole('textbox', { name: 'JSON body' })
    await body.fill('{"to": "{{ message.phone }}", "words": }')
    await expect(preview.getByRole('status')).toContainText('Body: This is not JSON')
    await body.fill('{"to": "{{ message.phone }}", "name": {{ client.name }}, "words": {{ message.text }}}')
    await expect(preview.getByRole('status')).toBeEmpty()
    await expect(request).toContainText('"name": "Anna & \\"Co\\""')
  })

  await test.step('which answers mean success', async () => {
    const success = settings.getByRole('group', { name: 'Sent' })
    await success.getByRole('textbox', { name: 'Status' }).fill('202')
    await success.getByRole('textbox', { name: 'and in the JSON' }).fill('result.state')
    await success.getByRole('textbox', { name: 'equals' }).fill('queued')
    await settings.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Settings saved')).toBeVisible()
  })

  await test.step('the request that arrives is the one that was shown', async () => {
    const shown = await request.innerText()
    await herald.client.deliveries.create({ name: 'Order is ready', text: 'Good day, “Anna”! Your order is ready.' })
    await openDelivery(page, 'Order is ready')
    await expectCounts(page, { Sent: 1, Failed: 0 })
    expect(service.calls).toHaveLength(1)
    const [call] = service.calls
    const headers = shown
      .split('\n\n')[0]
      ?.split('\n')
      .slice(1)
      .map((line) => line.split(': ')[0] ?? '')
    expect(headers).toEqual(['X-Api-Key', 'Content-Type'])
    const arrived = [
      `${call?.method} ${service.origin}${call?.path}`,
      ...(headers ?? []).map((name) => `${name}: ${call?.headers[name.toLowerCase()]}`),
      '',
      call?.body,
    ].join('\n')
    expect(arrived).toBe(shown.replace('********', token))
  })
  await service.close()
})
