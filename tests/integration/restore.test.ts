import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { openEngine } from '#electron/engine.ts'
import { examineStore } from '#electron/store/sqlite/backup-file.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { everybody } from '#shared/domain/filter.ts'
import { deliver, importClients, openTestEngine, whenDelivery } from '#tests/support/engine.ts'
import { openLoopbackGateway } from '#tests/support/loopback-gateway.ts'

describe('a restore', () => {
  test('restores the backup, keeps the replaced store, and sends nothing automatically', async () => {
    const gateway = await openLoopbackGateway()
    const onRestart = vi.fn()
    const engine = await openTestEngine(gateway, { onRestart })
    await importClients(engine, 50)
    await engine.client.gateway.update({ ratePerSecond: 1 })
    const { id } = await engine.client.deliveries.create({ name: 'Slow', text: 'Hello' })
    const later = await engine.client.deliveries.create({
      name: 'Later',
      text: 'Hello',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
    })
    await gateway.received(1)
    const { name } = await engine.client.backups.make()
    await engine.client.clients.create({ phone: '79991112233', name: 'After the backup' })
    await engine.client.backups.restore({ name })
    expect(onRestart).toHaveBeenCalledOnce()
    await engine.client.gateway.update({ ratePerSecond: null })
    await vi.waitUntil(async () => (await engine.client.deliveries.get({ id })).status === 'completed', {
      timeout: 20_000,
    })
    const sentBefore = gateway.requests.length
    expect(sentBefore).toBe(50)
    await engine.reopen()

    expect((await engine.client.clients.list({ search: 'After the backup' })).items).toEqual([])
    for (const each of [id, later.id]) expect((await engine.client.deliveries.get({ id: each })).status).toBe('paused')
    const told = await engine.client.deliveries.activity({ id })
    expect(told.results).toContainEqual(expect.objectContaining({ status: 'paused', because: 'restored' }))
    // The sender works: another delivery is sent, and only that one.
    const filter = { ...everybody, tags: ['witness'] }
    await engine.client.clients.create({ phone: '79995554433', tags: ['witness'] })
    await whenDelivery(engine, await deliver(engine, { text: 'Another', filter }), 'completed')
    expect(gateway.requests).toHaveLength(sentBefore + 1)

    const [folder = ''] = await readdir(join(engine.dataDir, 'replaced-stores'))
    expect(await examineStore(join(engine.dataDir, 'replaced-stores', folder, 'herald.db'))).toMatchObject({
      clients: 51,
    })
    // It happens once.
    await engine.client.clients.create({ phone: '79991112233', name: 'Once more' })
    await engine.reopen()
    expect((await engine.client.clients.list({ search: 'Once more' })).items).toHaveLength(1)
    await gateway.goDown()
  })

  /** A directory that holds 4 clients, whose backup with 3 is about to take its place. */
  async function wishful(name: 'the backup' | 'nothing') {
    const engine = await openTestEngine(null)
    await importClients(engine, 3)
    const made = await engine.client.backups.make()
    await engine.client.clients.create({ phone: '79991112233' })
    await engine.client.backups.restore({ name: made.name })
    const { dataDir } = engine
    await engine.close()
    const wish = JSON.parse(await readFile(join(dataDir, 'restore.json'), 'utf8'))
    if (name === 'nothing') await writeFile(join(dataDir, 'restore.json'), JSON.stringify({ ...wish, name: null }))
    const aside = join(dataDir, 'replaced-stores', wish.aside)
    await mkdir(aside, { recursive: true })
    // An unclean end left a log, which belongs to the store.
    await writeFile(join(dataDir, 'herald.db-wal'), 'the log')
    return { engine, dataDir, aside, backup: join(dataDir, 'backups', made.name) }
  }

  const moveTo = (aside: string, dataDir: string, part: string) =>
    rename(join(dataDir, `herald.db${part}`), join(aside, `herald.db${part}`))

  test.each([
    ['before anything was moved', async () => undefined],
    [
      'with half a copy there',
      async ({ dataDir }: { dataDir: string }) => writeFile(join(dataDir, 'herald.db.part'), 'half'),
    ],
    [
      'after the store was moved and before its log was',
      async ({ dataDir, aside }: { dataDir: string; aside: string }) => moveTo(aside, dataDir, ''),
    ],
    [
      'after the copy had its name, and was opened',
      async ({ dataDir, aside, backup }: { dataDir: string; aside: string; backup: string }) => {
        for (const part of ['', '-wal']) await moveTo(aside, dataDir, part)
        await copyFile(backup, storeFile(dataDir))
        await writeFile(join(dataDir, 'herald.db-wal'), 'the log of the copy')
      },
    ],
  ] as const)('that was broken off %s is done over again, and the store before stays whole', async (_, kill) => {
    const wished = await wishful('the backup')
    await kill(wished)
    await wished.engine.reopen()
    expect((await wished.engine.client.clients.count({})).count).toBe(3)
    expect(await readFile(join(wished.aside, 'herald.db-wal'), 'utf8')).toBe('the log')
    await rm(join(wished.aside, 'herald.db-wal'))
    expect(await examineStore(join(wished.aside, 'herald.db'))).toMatchObject({ clients: 4 })
    expect(await readdir(join(wished.dataDir, 'replaced-stores'))).toHaveLength(1)
    for (const left of ['restore.json', 'herald.db.part']) expect(await readdir(wished.dataDir)).not.toContain(left)
  })

  test('by an empty store is done over again too, and once', async () => {
    const { engine, dataDir, aside } = await wishful('nothing')
    await moveTo(aside, dataDir, '')
    await engine.reopen()
    expect((await engine.client.clients.count({})).count).toBe(0)
    expect(await readFile(join(aside, 'herald.db-wal'), 'utf8')).toBe('the log')
    await engine.client.clients.create({ phone: '79991112233' })
    await engine.reopen()
    expect((await engine.client.clients.count({})).count).toBe(1)
  })

  test('from a missing backup fails once with an explanation, and the store stays unchanged', async () => {
    const { engine, dataDir, backup } = await wishful('the backup')
    await rm(join(dataDir, 'herald.db-wal'))
    await rm(backup)
    await expect(openEngine({ dataDir, host: 'web' })).rejects.toThrow(/is gone: nothing was restored/)
    await engine.reopen()
    expect((await engine.client.clients.count({})).count).toBe(4)
  })

  test('keeps its backup until it is carried out', async () => {
    const engine = await openTestEngine(null)
    const { name } = await engine.client.backups.make()
    await engine.client.backups.restore({ name })
    await expect(engine.client.backups.delete({ name })).rejects.toMatchObject({ code: 'CONFLICT' })
  })
})
