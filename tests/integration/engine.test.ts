import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { EngineOpenError, openEngine } from '#electron/engine.ts'
import { openSession } from '#electron/store/connection.ts'
import { migrations } from '#electron/store/migrations/list.ts'
import { storeFile } from '#electron/store/store.ts'
import {
  deliver,
  importClients,
  openTestEngine,
  temporaryFolder,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { accepted, after, eventually, expectEachOnce, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { startWebProgram } from '#tests/support/web-program.ts'

const secret = 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDAwMDB9.c2lnbmF0dXJl'

/** Every file of a directory, its key left out. */
async function filesIn(dataDir: string): Promise<{ readonly name: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'secret.key')
  return Promise.all(
    files.map(async ({ name, parentPath }) => ({ name, bytes: await readFile(join(parentPath, name)) })),
  )
}

describe('a data directory', () => {
  test('belongs to one program at a time, in this process and in others', async () => {
    const engine = await openTestEngine(null)
    const refusal = `another Herald has ${engine.dataDir} open: close it first, or choose another data directory`

    const again = await openEngine({ dataDir: engine.dataDir, door: 'desktop' }).catch((error: unknown) => error)
    expect(again).toBeInstanceOf(EngineOpenError)
    expect(again).toMatchObject({ message: refusal })
    await expect(startWebProgram({ dataDir: engine.dataDir })).rejects.toThrow(refusal)

    await engine.reopen()
    expect(await engine.client.clients.page({})).toMatchObject({ count: 0 })
  })

  test('that a program in another process held is free the moment it is killed', async () => {
    const dataDir = await temporaryFolder()
    const program = await startWebProgram({ dataDir })
    onTestFinished(program.remove)
    await expect(openEngine({ dataDir, door: 'web' })).rejects.toThrow(EngineOpenError)
    await program.kill()
    await openTestEngine(null, { dataDir })
  })

  test('that a newer program wrote is refused in words, and left as it is', async () => {
    const engine = await openTestEngine(null)
    await importClients(engine, 3)
    await engine.close()
    const session = await openSession(storeFile(engine.dataDir))
    await session.run(`INSERT INTO migrations (name, at) VALUES ('0999-from-the-future', 0)`)

    const refused = await openEngine({ dataDir: engine.dataDir, door: 'web' }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(EngineOpenError)
    expect(refused).toMatchObject({
      message:
        'this data directory was written by a newer Herald (it has "0999-from-the-future"): install that version, or choose another data directory',
    })

    // The refusal has let the directory go.
    await session.run(`DELETE FROM migrations WHERE name = '0999-from-the-future'`)
    await session.close()
    await engine.reopen()
    expect(await engine.client.clients.page({})).toMatchObject({ count: 3 })
  })

  test('is made when it is not there, and brought to the newest schema', async () => {
    const dataDir = join(await temporaryFolder(), 'not', 'there yet')
    const engine = await openTestEngine(null, { dataDir })
    expect(await engine.client.statistics.general()).toMatchObject({ deliveries: { total: 0 }, messages: { total: 0 } })
    await engine.reopen()
    await engine.close()

    const session = await openSession(storeFile(dataDir))
    onTestFinished(session.close)
    const done = await session.all<{ name: string }>('SELECT name FROM migrations ORDER BY name')
    expect(done.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name))
    // A new store has nothing worth a backup, and the second opening had nothing to change.
    expect(await readdir(dataDir)).not.toContain('backups')
  })

  test('with an older store is backed up before the store is changed', async () => {
    const dataDir = await temporaryFolder()
    const old = await openSession(storeFile(dataDir))
    await old.exec(`CREATE TABLE keepsake (word TEXT); INSERT INTO keepsake VALUES ('mine')`)
    await old.close()
    await openTestEngine(null, { dataDir })

    const [backup, ...others] = await readdir(join(dataDir, 'backups'))
    expect(others).toEqual([])
    const session = await openSession(join(dataDir, 'backups', backup ?? ''))
    onTestFinished(session.close)
    expect(await session.all('SELECT word FROM keepsake')).toEqual([{ word: 'mine' }])
  })
})

describe('closing', () => {
  test('twice, and at once, is closing', async () => {
    const dataDir = await temporaryFolder()
    const engine = await openEngine({ dataDir, door: 'web' })
    await Promise.all([engine.close(), engine.close()])
    await engine.close()
    const next = await openEngine({ dataDir, door: 'web' })
    await next.close()
  })

  test('waits for what is in flight, writes it down, and the next opening goes on', async () => {
    const gateway = await openFakeGateway(() => after(200))
    const engine = await openTestEngine(gateway)
    await engine.client.gateway.update({ concurrency: 4 })
    await importClients(engine, 30)
    const id = await deliver(engine)
    await gateway.received(8)

    await engine.close()
    const seen = gateway.requests.length
    await engine.reopen()
    expect((await engine.client.deliveries.get({ id })).messages.byStatus.sent).toBeGreaterThanOrEqual(seen)
    await whenDelivery(engine, id, 'completed')
    expectEachOnce(gateway, 30)
  })

  test('does not wait for ever for a gateway that hangs', async () => {
    const gateway = await openFakeGateway(() => 'hang')
    const engine = await openTestEngine(gateway)
    await engine.client.gateway.update({ timeoutMs: 300_000 })
    await importClients(engine, 3)
    const id = await deliver(engine)
    await gateway.received(3)

    const begun = performance.now()
    await engine.close()
    expect(performance.now() - begun).toBeLessThan(9_500)
    gateway.answer(() => accepted)
    await engine.reopen()
    await whenDelivery(engine, id, 'completed')
    expect([...gateway.timesSeen.values()]).toEqual([2, 2, 2])
  })
})

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

  test('whose token was sealed with a key that is lost say that there is none', async () => {
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
    'of the environment that make no sense (%j) are refused in words',
    async (gatewayUrl) => {
      const dataDir = await temporaryFolder()
      const refused = await openEngine({ dataDir, door: 'web', environment: { gatewayUrl } }).catch((error) => error)
      expect(refused).toBeInstanceOf(EngineOpenError)
      expect(refused.message).toContain('HERALD_GATEWAY_URL must be an address that begins with http:// or https://')
      await openTestEngine(null, { dataDir })
    },
  )
})

test('a sending thread that dies is started again, and sending goes on', async () => {
  // The real thread, and beside it a word at which it dies.
  const root = await temporaryFolder()
  const jobs = join(import.meta.dirname, '../../electron/scheduler/jobs')
  const word = `die ${root}`
  for (const name of ['dispatch', 'sandbox'])
    await writeFile(
      join(root, `${name}.ts`),
      `import ${JSON.stringify(pathToFileURL(join(jobs, `${name}.ts`)).href)}
       const channel = new BroadcastChannel(${JSON.stringify(word)})
       channel.onmessage = () => { throw new Error('killed by the test') }
       channel.unref()`,
    )
  const gateway = await openFakeGateway(() => after(5))
  const engine = await openTestEngine(gateway, { jobs: { root, extension: 'ts' } })
  await importClients(engine, 3_000)
  const id = await deliver(engine)

  const channel = new BroadcastChannel(word)
  onTestFinished(() => channel.close())
  for (const deaths of [1, 2]) {
    await gateway.received(gateway.requests.length + 100)
    channel.postMessage(null)
    await eventually(async () => {
      const log = await readFile(join(engine.dataDir, 'logs', 'scheduler.log'), 'utf8')
      expect(log.match(/worker "dispatch" died; it starts again/g)).toHaveLength(deaths)
      expect(log).toContain('killed by the test')
    })
  }
  const delivery = await whenDelivery(engine, id, 'completed')

  expect(delivery.messages.byStatus.sent).toBe(3_000)
  expect(gateway.timesSeen.size).toBe(3_000)
  expect([...gateway.timesSeen.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(64)
  await whenCounted(engine, id, { sending: 0 })
})
