import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { EngineOpenError, openEngine } from '#electron/engine.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { migrations } from '#electron/store/sqlite/migrations/list.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import {
  deliver,
  importClients,
  openTestEngine,
  temporaryFolder,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { accepted, after, eventually, expectEachOnce, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { startWebProgram } from '#tests/support/web-program.ts'

describe('a data directory', () => {
  test('belongs to one program at a time, in this process and in others', async () => {
    const engine = await openTestEngine(null)
    const refusal = `another Herald has ${engine.dataDir} open: close it first, or choose another data directory`

    const again = await openEngine({ dataDir: engine.dataDir, host: 'desktop' }).catch((error: unknown) => error)
    expect(again).toBeInstanceOf(EngineOpenError)
    expect(again).toMatchObject({ message: refusal })
    await expect(startWebProgram({ dataDir: engine.dataDir })).rejects.toThrow(refusal)

    await engine.reopen()
    expect(await engine.client.clients.page({})).toMatchObject({ count: 0 })
  })

  test('is free as soon as the process that held it is killed', async () => {
    const dataDir = await temporaryFolder()
    const program = await startWebProgram({ dataDir })
    onTestFinished(program.remove)
    await expect(openEngine({ dataDir, host: 'web' })).rejects.toThrow(EngineOpenError)
    await program.kill()
    await openTestEngine(null, { dataDir })
  })

  test('written by a newer program is refused with an explanation, and stays unchanged', async () => {
    const engine = await openTestEngine(null)
    await importClients(engine, 3)
    await engine.close()
    const session = await openSession(storeFile(engine.dataDir))
    await session.run(`INSERT INTO migrations (name, at) VALUES ('0999-from-the-future', 0)`)

    const refused = await openEngine({ dataDir: engine.dataDir, host: 'web' }).catch((error: unknown) => error)
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

  test('is created if missing, and migrated to the newest schema', async () => {
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

  test('with an older store is backed up before the migration', async () => {
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
  test('can be called twice, also at the same time', async () => {
    const dataDir = await temporaryFolder()
    const engine = await openEngine({ dataDir, host: 'web' })
    await Promise.all([engine.close(), engine.close()])
    await engine.close()
    const next = await openEngine({ dataDir, host: 'web' })
    await next.close()
  })

  test('waits for what is in flight and records it, and the next opening continues', async () => {
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

  test('does not wait forever for a gateway that hangs', async () => {
    const gateway = await openFakeGateway(() => 'hang')
    const engine = await openTestEngine(gateway)
    await engine.client.gateway.update({ timeoutMs: 300_000 })
    await importClients(engine, 3)
    const id = await deliver(engine)
    await gateway.received(3)

    await engine.close()
    gateway.answer(() => accepted)
    await engine.reopen()
    await whenDelivery(engine, id, 'completed')
    expect([...gateway.timesSeen.values()]).toEqual([2, 2, 2])
  })
})

test('a crashed sending thread is restarted, and sending continues', async () => {
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
