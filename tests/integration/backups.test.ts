import { copyFile, mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { describe, expect, test, vi } from 'vitest'
import { openBackups } from '#electron/backups/backups.ts'
import { EngineOpenError, openEngine } from '#electron/engine.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { backupName, parseBackupName } from '#shared/domain/backup-name.ts'
import { importClients, openTestEngine, temporaryFolder } from '#tests/support/engine.ts'
import { openLoopbackGateway } from '#tests/support/loopback-gateway.ts'
import { settableClock } from '#tests/support/settable-clock.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const dayMs = 24 * 3_600_000

async function names(dataDir: string): Promise<string[]> {
  return (await readdir(join(dataDir, 'backups')).catch(() => [])).sort()
}

/** Makes a file unreadable as a store in its middle, as a failing disk does. */
async function damage(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    const { size } = await handle.stat()
    for (let at = 4096; at < size; at += 4096) await handle.write(Buffer.alloc(1024, 0x5a), 0, 1024, at)
  } finally {
    await handle.close()
  }
}

describe('a backup', () => {
  test('is the store as it was at one moment, made while a delivery goes out, and can be read', async () => {
    const gateway = await openLoopbackGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 2000)
    const { id } = await engine.client.deliveries.create({ name: 'News', text: 'Hello' })
    const made = await engine.client.backups.make()
    expect(made).toMatchObject({ kind: 'manual', name: expect.stringMatching(/^manual-.*Z\.db$/) })
    expect(await engine.client.backups.check({ name: made.name })).toEqual({
      clients: 2000,
      deliveries: 1,
      messages: 2000,
    })
    const copy = await openSession(join(engine.dataDir, 'backups', made.name))
    const counted = await copy.first<{ counters: number; rows: number }>(
      'SELECT (SELECT sent FROM delivery_counters) AS counters, (SELECT COUNT(*) FROM messages WHERE status = ?) AS rows',
      ['sent'],
    )
    await copy.close()
    expect(counted?.counters).toBe(counted?.rows)
    await vi.waitUntil(async () => (await engine.client.deliveries.get({ id })).status === 'completed', {
      timeout: 20_000,
    })
    expect((await engine.client.backups.list()).items).toEqual([made])
    await engine.client.backups.delete({ name: made.name })
    expect((await engine.client.backups.list()).items).toEqual([])
    await gateway.goDown()
  })

  test('that is damaged, missing or from a newer program is refused with an explanation', async () => {
    const engine = await openTestEngine(null)
    const { name } = await engine.client.backups.make()
    const file = join(engine.dataDir, 'backups', name)
    const newer = backupName('manual', Date.now() + 1000)
    await copyFile(file, join(engine.dataDir, 'backups', newer))
    const session = await openSession(join(engine.dataDir, 'backups', newer))
    await session.exec(`INSERT INTO migrations VALUES ('9999-of-tomorrow', 1)`)
    await session.close()
    await damage(file)
    const nothing = backupName('manual', 0)
    const text = backupName('manual', 1)
    await writeFile(join(engine.dataDir, 'backups', text), 'no store at all')
    for (const [wanted, reason] of [
      [name, 'this backup is damaged: choose another'],
      [text, 'this backup is damaged: choose another'],
      [newer, 'this backup was made by a newer Herald: install that version first'],
      [nothing, 'this backup no longer exists'],
    ] as const)
      for (const act of ['check', 'restore'] as const)
        await expect(engine.client.backups[act]({ name: wanted }), wanted).rejects.toMatchObject({
          code: 'CONFLICT',
          data: { field: 'name', reason },
        })
    await expect(engine.client.backups.check({ name: '../herald.db' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('automatically', () => {
  test('one is made a day; they are kept by number and age, manual ones forever', async () => {
    const dataDir = await temporaryFolder()
    const clock = settableClock('2026-01-01T00:00:00.000Z')
    const store = await openTestStoreIn(dataDir, clock.now)
    const backups = openBackups(dataDir, { store, clock, log: quiet })
    await backups.changePolicy({ keep: 3, days: 10 })
    await backups.make('manual')
    await mkdir(join(dataDir, 'backups'), { recursive: true })
    for (let day = 0; day < 5; day += 1) {
      await backups.makeDaily()
      await backups.makeDaily()
      clock.advance(dayMs)
    }
    const days = async () =>
      (await names(dataDir)).map((name) => `${parseBackupName(name)?.kind} ${name.slice(-22, -12)}`)
    expect((await days()).filter((name) => name.startsWith('daily'))).toHaveLength(3)
    expect((await backups.list())[0]?.at).toBe(Date.parse('2026-01-05T00:00:00Z'))
    clock.advance(20 * dayMs)
    await backups.makeDaily()
    expect((await backups.list()).map(({ kind, at }) => [kind, new Date(at).toISOString().slice(0, 10)])).toEqual([
      ['daily', '2026-01-26'],
      ['manual', '2026-01-01'],
    ])
    await backups.close()
    await store.close()
  })

  test('one dated ahead by a wrong clock neither counts for today nor displaces the others', async () => {
    const dataDir = await temporaryFolder()
    const clock = settableClock('2027-01-01T00:00:00.000Z')
    const store = await openTestStoreIn(dataDir, clock.now)
    const backups = openBackups(dataDir, { store, clock, log: quiet })
    await backups.makeDaily()
    clock.advance(-365 * dayMs)
    for (let look = 0; look < 3; look += 1) await backups.makeDaily()
    expect((await backups.list()).map(({ at }) => new Date(at).getUTCFullYear())).toEqual([2027, 2026])
    await backups.close()
    await store.close()
  })

  test('one that runs when the program closes is aborted and leaves no file', async () => {
    const engine = await openTestEngine(null)
    await importClients(engine, 60_000)
    const making = engine.client.backups.make().then(
      () => 'made',
      () => 'broken off',
    )
    await vi.waitUntil(async () => (await names(engine.dataDir)).length > 0, { timeout: 5000, interval: 1 })
    await engine.close()
    expect(await making).toBe('broken off')
    expect(await names(engine.dataDir)).toEqual([])
    await writeFile(join(engine.dataDir, 'backups', 'daily-2026-01-01T00-00-00-000Z.db.part'), 'what a kill left')
    await engine.reopen()
    expect(await names(engine.dataDir)).toEqual([])
  })

  test('a failed one is reported and leaves no partial file, and the next success clears the report', async () => {
    const dataDir = await temporaryFolder()
    const clock = settableClock('2026-01-01T00:00:00.000Z')
    const store = await openTestStoreIn(dataDir, clock.now)
    await writeFile(join(dataDir, 'backups'), 'a file where the folder should be')
    const backups = openBackups(dataDir, { store, clock, log: quiet })
    await backups.makeDaily()
    expect(backups.problem()).toMatchObject({
      at: clock.now(),
      error: { code: 'unexpected', params: { cause: expect.stringMatching(/ENOTDIR|EEXIST/) } },
    })
    await rm(join(dataDir, 'backups'))
    await backups.makeDaily()
    expect(backups.problem()).toBeNull()
    expect(await names(dataDir)).toHaveLength(1)
    await backups.close()
    await store.close()
  })
})

describe('a damaged store', () => {
  /** A data directory whose program was killed, and whose store a disk has spoilt since. */
  async function spoilt(withBackup: boolean): Promise<string> {
    const dataDir = await temporaryFolder()
    const engine = await openEngine({ dataDir, host: 'web' })
    const client = createRouterClient(engine.api)
    await client.clients.create({ phone: '79000000001', name: 'Anna' })
    if (withBackup) await client.backups.make()
    await engine.close()
    await damage(storeFile(dataDir))
    // What an unclean end leaves behind.
    await writeFile(join(dataDir, 'herald.db-wal'), Buffer.alloc(64, 1))
    return dataDir
  }

  test('is not opened; its newest intact backup is offered, and takes its place when asked to', async () => {
    const dataDir = await spoilt(true)
    const older = (await names(dataDir))[0] ?? ''
    // A younger one is damaged itself, and is passed over.
    const younger = backupName('daily', Date.now() + 60_000)
    await copyFile(storeFile(dataDir), join(dataDir, 'backups', younger))
    const refused = await openEngine({ dataDir, host: 'web' }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(EngineOpenError)
    expect(refused).toMatchObject({
      damage: { newestBackup: older, replace: expect.any(Function) },
      message: expect.stringContaining(`its newest intact backup is ${older}`),
    })
    const size = (await stat(storeFile(dataDir))).size

    const engine = await openTestEngine(null, { dataDir, restore: 'newest' })
    expect((await engine.client.clients.list({})).items.map((client) => client.name)).toEqual(['Anna'])
    const [folder = ''] = await readdir(join(dataDir, 'replaced-stores'))
    expect((await stat(join(dataDir, 'replaced-stores', folder, 'herald.db'))).size).toBe(size)
  })

  test('without a backup is reported and changes nothing, until the user starts with an empty store', async () => {
    const dataDir = await spoilt(false)
    const before = await readdir(dataDir)
    await expect(openEngine({ dataDir, host: 'web' })).rejects.toMatchObject({
      damage: { newestBackup: null },
      message: expect.stringContaining('it has no intact backup'),
    })
    await expect(openEngine({ dataDir, host: 'web', restore: 'newest' })).rejects.toThrow(
      'there is no intact backup to restore',
    )
    const mine = (found: string[]) => found.filter((name) => !/^owner|-shm$/.test(name))
    expect(mine(await readdir(dataDir))).toEqual(mine(before))

    const engine = await openTestEngine(null, { dataDir, restore: 'none' })
    expect((await engine.client.clients.count({})).count).toBe(0)
    expect(await readdir(join(dataDir, 'replaced-stores'))).toHaveLength(1)
  })
})

test('after an unclean end the store is looked through before it is used', async () => {
  const dataDir = await temporaryFolder()
  const engine = await openTestEngine(null, { dataDir })
  await importClients(engine, 5)
  // A kill leaves the log beside the store: so does a copy of both.
  const killed = await temporaryFolder()
  for (const part of ['', '-wal']) await copyFile(storeFile(dataDir) + part, storeFile(killed) + part)
  const again = await openTestEngine(null, { dataDir: killed })
  expect((await again.client.clients.count({})).count).toBe(5)
  await vi.waitUntil(
    async () =>
      (await again.client.log.list({ log: 'program', search: 'the program did not close the store' })).items.length ===
      1,
    { timeout: 5000 },
  )
})
