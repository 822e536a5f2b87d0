import { expect, test } from 'vitest'
import { deliver, importClients, messagesOf, openTestEngine, whenDelivery } from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { openFakeGateway } from '#tests/support/fake-gateway.ts'
import { allLogs, whenLogged } from '#tests/support/log-files.ts'

const soon = () => new Date(Date.now() + 700).toISOString()

test('no log holds a text, a token or a whole phone, however the gateway repeats them', async () => {
  const marker = 'Пароль-Qx7 для входа: дом'
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjQxMDAwMDAwMDB9.c2lnbmF0dXJl'
  const plainToken = 'a-plain-secret-word'
  const echo = (request: { body: string; text: string; phone: number; authorization: string | undefined }) =>
    [
      request.body,
      `text ${request.text} to +${request.phone}`,
      `${String(request.phone).replace(/^7(\d{3})(\d{3})(\d\d)(\d\d)$/, '8 ($1) $2-$3-$4')}`,
      String(request.authorization),
    ].join(' | ')
  const gateway = await openFakeGateway((request) => {
    const status = [400, 503, 401, 200][request.id % 4] ?? 200
    return { status, body: echo(request) }
  })
  const engine = await openTestEngine(gateway, { environment: { gatewayUrl: gateway.url } })
  const { client, dataDir } = engine
  await importClients(engine, 8)
  for (const secret of [token, plainToken]) {
    await client.gateway.update({ token: secret })
    const id = await deliver(engine, { text: `${marker} {{ name }}`, endsAt: soon() })
    await whenDelivery(engine, id, 'completed')
  }
  const broken = await deliver(engine, { text: `${marker} {{ name | slice }}` })
  await client.deliveries.cancel({ id: broken }).catch(() => undefined)
  await client.clients.optOut({ phones: `${phoneNumber(1)}\n8 900 000-00-02` })
  await client.clients.list({ search: phoneNumber(3) })
  expect((await messagesOf(engine, 1)).length).toBe(8)
  await whenLogged(dataDir, 'error=rejected')
  await engine.close()

  const logs = await allLogs(dataDir)
  for (const code of ['rejected', 'server_error', 'unauthorized', 'bad_response'])
    expect(logs).toContain(`error=${code}`)
  expect(logs).toContain('<text>')
  expect(logs).toContain('<token>')
  expect(logs).not.toMatch(/Qx7|входа|Client \d/)
  expect(logs).not.toContain(token.split('.')[1])
  expect(logs).not.toContain(plainToken)
  expect(logs).not.toMatch(/(?<!\d)(\+?[78][\s(]*)?9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/)
  expect(logs).not.toContain(escapedLetters(marker).slice(0, 30))
})

function escapedLetters(text: string): string {
  return text.replace(/[^\u0020-\u007e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
