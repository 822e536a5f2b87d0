import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deliver, importClients, messagesOf, openTestEngine, whenDelivery } from '#tests/support/engine.ts'
import { openFakeGateway } from '#tests/support/fake-gateway.ts'
import { anna, openEngineTo, webhookToken as token, type WebhookWish } from '#tests/support/webhook-engine.ts'
import { openWebhookServer } from '#tests/support/webhook-server.ts'

test('the token is in no file, no settings, no preview and no error, even where the gateway repeats it', async () => {
  const server = await openWebhookServer(({ headers, path }) => ({
    status: path.startsWith('/a') ? 400 : 500,
    body: JSON.stringify({ youSent: headers, path }),
  }))
  const engine = await openEngineTo({ url: `${server.origin}/a?key={{ token }}` }, { concurrency: 1 })
  await importClients(engine, 2)

  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')
  const settings = await engine.client.gateway.get()
  const preview = await engine.client.gateway.previewWebhook({ webhook: settings.webhook })
  const trial = await engine.client.gateway.test({ kind: 'webhook' })
  const messages = await messagesOf(engine, id)

  expect(server.calls[0]).toMatchObject({
    path: `/a?key=${encodeURIComponent(token)}`,
    headers: { authorization: `Bearer ${token}` },
  })
  expect(messages).toMatchObject([
    { status: 'failed', lastError: { detail: expect.stringContaining('Bearer <token>') } },
    { status: 'failed' },
  ])
  expect(preview).toMatchObject({
    url: `${server.origin}/a?key=********`,
    headers: [
      { name: 'Authorization', value: 'Bearer ********' },
      { name: 'Content-Type', value: 'application/json' },
    ],
    problems: [],
  })
  expect(trial).toMatchObject({ ok: false, httpStatus: 400 })
  await engine.close()
  const told = JSON.stringify([settings, preview, trial, messages, engine.heard])
  for (const secret of [token, encodeURIComponent(token)]) {
    expect(told).not.toContain(secret)
    for (const [name, bytes] of await filesIn(engine.dataDir))
      expect(bytes.includes(secret), `${name} holds the token`).toBe(false)
  }
  await engine.reopen()
})

test('the settings hold over a restart', async () => {
  const server = await openWebhookServer()
  const webhook: WebhookWish = {
    url: `${server.origin}/{{ client.city }}`,
    success: { statuses: [200], json: null },
    body: { format: 'none' },
  }
  const engine = await openEngineTo(webhook)
  await engine.client.clients.create(anna)
  await engine.reopen()

  expect(await engine.client.gateway.get()).toMatchObject({ kind: 'webhook', hasToken: true, webhook })
  await whenDelivery(engine, await deliver(engine), 'completed')
  expect(server.calls).toMatchObject([
    { path: '/Rostov%20%26%20Don', body: '', headers: { authorization: `Bearer ${token}` } },
  ])
})

describe('before it is saved, a webhook', () => {
  test('can be tried, and nothing is kept', async () => {
    const server = await openWebhookServer(() => ({ status: 200, body: '{"ok":true}' }))
    const engine = await openTestEngine(null)
    const url = `${server.origin}/{{ message.id }}`
    const success = (value: boolean) => ({ statuses: [200], json: { path: 'ok', value } })

    const good = await engine.client.gateway.test({ kind: 'webhook', token, webhook: { url, success: success(true) } })
    const bad = await engine.client.gateway.test({ kind: 'webhook', token, webhook: { url, success: success(false) } })

    expect(good).toMatchObject({ ok: true, httpStatus: 200 })
    expect(bad).toMatchObject({ ok: false, httpStatus: 200, detail: 'HTTP 200: {"ok":true}' })
    expect(server.calls).toHaveLength(2)
    expect(server.calls[0]).toMatchObject({ path: '/0', headers: { authorization: `Bearer ${token}` } })
    expect(await engine.client.gateway.get()).toMatchObject({ kind: 'sandbox', hasToken: false, webhook: { url: '' } })
  })

  test('needs an address', async () => {
    const engine = await openTestEngine(null)
    await expect(engine.client.gateway.update({ kind: 'webhook' })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { field: 'webhook.url' },
    })
    await expect(engine.client.gateway.test({ kind: 'webhook' })).rejects.toMatchObject({
      code: 'VALIDATION',
      data: { issues: [{ path: 'webhook.url' }] },
    })
    expect(await engine.client.gateway.get()).toMatchObject({ kind: 'sandbox' })
  })

  test('cannot push aside the address that the environment holds', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await expect(
      engine.client.gateway.update({ kind: 'webhook', webhook: { url: 'https://gateway.example/' } }),
    ).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'kind' } })
  })
})

/** Every file below a folder with its bytes. */
async function filesIn(folder: string): Promise<[string, Buffer][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(files.map(async (file): Promise<[string, Buffer]> => [file, await readFile(file)]))
}
