import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EngineOpenError, openEngine } from '#electron/engine.ts'
import { deliver, importClients, openTestEngine, temporaryFolder, whenDelivery } from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { eventually, openFakeGateway } from '#tests/support/fake-gateway.ts'

const secret = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDAwMDB9.c2lnbmF0dXJl'

/** Every file of a directory, its key left out. */
async function filesIn(dataDir: string): Promise<{ readonly name: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'secret.key')
  return Promise.all(
    files.map(async ({ name, parentPath }) => ({ name, bytes: await readFile(join(parentPath, name)) })),
  )
}

describe('settings', () => {
  test('survive, the token among them', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(null)
    const changed = {
      kind: 'http',
      url: gateway.url,
      concurrency: 7,
      timeoutMs: 1_234,
      ratePerSecond: 1_000,
      interrupted: 'hold',
    } as const
    await engine.client.gateway.update({ ...changed, token: secret, sandbox: { latencyMs: 5 } })
    await engine.client.settings.update({ language: 'ru', theme: 'dark', whenClosed: 'tray' })

    await engine.reopen()
    expect(await engine.client.gateway.get()).toMatchObject({
      ...changed,
      hasToken: true,
      tokenExpiresAt: '2027-01-15T08:00:00.000Z',
      sandbox: { latencyMs: 5, errorRate: 0, ratePerSecond: null },
      fromEnvironment: [],
    })
    expect(await engine.client.settings.get()).toEqual({
      language: 'ru',
      theme: 'dark',
      whenClosed: 'tray',
      openAtLogin: false,
      keepAwake: false,
      notifications: true,
      spellCheck: false,
      updateFeed: '',
    })
    await importClients(engine, 1)
    await whenDelivery(engine, await deliver(engine), 'completed')
    expect(gateway.requests.map((request) => request.authorization)).toEqual([`Bearer ${secret}`])
  })

  test('that change at the same time do not undo each other', async () => {
    const engine = await openTestEngine(null)
    await Promise.all([
      engine.client.gateway.update({ concurrency: 5 }),
      engine.client.gateway.update({ timeoutMs: 777 }),
      engine.client.gateway.update({ token: secret }),
    ])
    const together = { concurrency: 5, timeoutMs: 777, hasToken: true }
    expect(await engine.client.gateway.get()).toMatchObject(together)
    await engine.reopen()
    expect(await engine.client.gateway.get()).toMatchObject(together)
  })

  test('keep the token out of the store, the logs and every answer', async () => {
    const gateway = await openFakeGateway(({ authorization }) => ({ status: 401, body: `not ${authorization}` }))
    const engine = await openTestEngine(null)
    const answer = await engine.client.gateway.update({ kind: 'http', url: gateway.url, token: secret })
    expect(JSON.stringify(answer)).not.toContain(secret)
    await importClients(engine, 3)
    await deliver(engine)
    await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' }))
    await engine.close()

    const files = await filesIn(engine.dataDir)
    expect(files.map((file) => file.name)).toEqual(expect.arrayContaining(['herald.db', 'main.log', 'scheduler.log']))
    for (const { name, bytes } of files) expect(bytes.includes(secret), name).toBe(false)
    for (const { name, bytes } of files.filter((file) => file.name.endsWith('.log')))
      expect(bytes.includes(phoneNumber(0)), name).toBe(false)
  })

  test('report no token if its key is lost', async () => {
    const engine = await openTestEngine(null)
    await engine.client.gateway.update({ token: secret })
    await engine.close()
    await rm(join(engine.dataDir, 'secret.key'))
    await engine.reopen()
    expect(await engine.client.gateway.get()).toMatchObject({ hasToken: false, tokenExpiresAt: null })
    await engine.client.gateway.update({ token: secret })
    expect(await engine.client.gateway.get()).toMatchObject({ hasToken: true })
  })

  test('of the environment win, are not kept, and cannot be changed from inside', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(null)
    await engine.client.gateway.update({ kind: 'http', url: 'http://127.0.0.1:9/stored', token: 'stored' })

    await engine.reopen({ environment: { gatewayUrl: ` ${gateway.url} `, gatewayToken: secret } })
    expect(await engine.client.gateway.get()).toMatchObject({
      kind: 'http',
      url: gateway.url,
      hasToken: true,
      fromEnvironment: ['url', 'token'],
    })
    for (const patch of [{ url: 'http://other/' }, { token: 'other' }, { kind: 'sandbox' as const }])
      await expect(engine.client.gateway.update(patch)).rejects.toMatchObject({ code: 'CONFLICT', status: 409 })
    await engine.client.gateway.update({ concurrency: 3 })
    await importClients(engine, 1)
    await whenDelivery(engine, await deliver(engine), 'completed')
    expect(gateway.requests.map((request) => request.authorization)).toEqual([`Bearer ${secret}`])

    await engine.reopen({ environment: { gatewayUrl: '', gatewayToken: ' ' } })
    expect(await engine.client.gateway.get()).toMatchObject({
      url: 'http://127.0.0.1:9/stored',
      concurrency: 3,
      fromEnvironment: [],
    })
  })

  test.each(['gateway', 'ftp://gateway/', 'http://', 'http://a b/'])(
    'of the environment that are invalid (%j) are rejected with a reason',
    async (gatewayUrl) => {
      const dataDir = await temporaryFolder()
      const refused = await openEngine({ dataDir, host: 'web', environment: { gatewayUrl } }).catch((error) => error)
      expect(refused).toBeInstanceOf(EngineOpenError)
      expect(refused.message).toContain('HERALD_GATEWAY_URL must be an address that starts with http:// or https://')
      await openTestEngine(null, { dataDir })
    },
  )
})
