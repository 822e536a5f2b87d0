import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLog } from '#electron/api/read-log.ts'
import { type LogQuery, logQuerySchema } from '#shared/contract/log.ts'
import { deliver, importClients, openTestEngine, temporaryFolder, whenDelivery } from '#tests/support/engine.ts'
import { openFakeGateway } from '#tests/support/fake-gateway.ts'

/** A log of n lines, the older half of which is in a rotated file. */
async function folderWithLog(count: number): Promise<string> {
  const dataDir = await temporaryFolder()
  await mkdir(join(dataDir, 'logs'))
  const lines = Array.from({ length: count }, (_, n) => lineOf(n))
  await writeFile(join(dataDir, 'logs/scheduler.1.log'), `${lines.slice(0, count / 2).join('\n')}\n`)
  await writeFile(join(dataDir, 'logs/scheduler.log'), `${lines.slice(count / 2).join('\n')}\n`)
  return dataDir
}

function lineOf(n: number): string {
  const at = new Date(Date.UTC(2026, 10, 25) + n * 1000).toISOString()
  const level = n % 100 === 0 ? 'error' : n % 10 === 0 ? 'warn' : 'info'
  return `${at} ${level} delivery=${(n % 3) + 1} message=${n} status=sent${n % 100 === 0 ? '\n    at somewhere\n    at Йошкар-Ола' : ''}`
}

async function everything(dataDir: string, query: Partial<LogQuery> = {}, limit = 1000): Promise<string[]> {
  const texts: string[] = []
  let cursor: string | undefined
  do {
    const page = await readLog(dataDir, { ...logQuerySchema.parse(query), limit, cursor })
    texts.push(...page.items.map(({ at, level, text }) => `${at} ${level} ${text}`))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return texts
}

test('the log is read backwards to its beginning, each line once, for any page size', async () => {
  const dataDir = await folderWithLog(20_000)
  const written = Array.from({ length: 20_000 }, (_, n) => lineOf(19_999 - n))
  for (const limit of [1000, 777]) expect(await everything(dataDir, {}, limit)).toEqual(written)
})

test.each<[query: Partial<LogQuery>, isMeant: (n: number) => boolean]>([
  [{ deliveryId: 2 }, (n) => n % 3 === 1],
  [{ messageId: 12 }, (n) => n === 12],
  [{ level: 'warn' }, (n) => n % 10 === 0],
  [{ level: 'error', deliveryId: 1 }, (n) => n % 300 === 0],
  [{ search: 'йошкар' }, (n) => n % 100 === 0],
  [{ since: '2026-11-25T00:01:00.000Z', until: '2026-11-25T00:02:00.000Z' }, (n) => n >= 60 && n < 120],
])('narrowed by %j', async (query, isMeant) => {
  const dataDir = await folderWithLog(1000)
  const meant = Array.from({ length: 1000 }, (_, n) => 999 - n).filter(isMeant)
  expect(await everything(dataDir, query)).toEqual(meant.map(lineOf))
})

test('a page continues where the one before ended, even if the log has grown and was rotated meanwhile', async () => {
  const dataDir = await folderWithLog(1000)
  const query = { ...logQuerySchema.parse({}), limit: 100 }
  const first = await readLog(dataDir, query)
  const logs = join(dataDir, 'logs')
  await appendFile(join(logs, 'scheduler.log'), `${lineOf(1000)}\n`)
  await rename(join(logs, 'scheduler.1.log'), join(logs, 'scheduler.2.log'))
  await rename(join(logs, 'scheduler.log'), join(logs, 'scheduler.1.log'))
  await writeFile(join(logs, 'scheduler.log'), `${lineOf(1001)}\n`)
  const second = await readLog(dataDir, { ...query, cursor: first.nextCursor ?? '' })
  expect(second.items[0]?.text).toBe('delivery=3 message=899 status=sent')
  await expect(
    readLog(dataDir, { ...logQuerySchema.parse({ log: 'program' }), limit: 1, cursor: first.nextCursor ?? '' }),
  ).rejects.toThrow('cursor')
  await expect(readLog(await temporaryFolder(), query)).resolves.toEqual({ items: [], nextCursor: null })
})

test('a follower gets new lines, and reading adds none', async () => {
  const engine = await openTestEngine(await openFakeGateway())
  const leaving = new AbortController()
  const following = await engine.client.log.follow({}, { signal: leaving.signal })
  const heard = following.next()
  await importClients(engine, 2)
  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')
  await expect(heard).resolves.toMatchObject({ value: { kind: 'grown' } })
  const { items } = await engine.client.log.list({ messageId: 1 })
  expect(items[0]?.text).toMatch(/status=sent/)
  const program = await engine.client.log.list({ log: 'program' })
  expect((await engine.client.log.list({ log: 'program' })).items).toEqual(program.items)
  leaving.abort()
})

test('a log that begins with an empty line has a beginning', async () => {
  const dataDir = await temporaryFolder()
  await mkdir(join(dataDir, 'logs'))
  await writeFile(join(dataDir, 'logs/scheduler.log'), `\n${lineOf(1)}\n`)
  expect(await everything(dataDir)).toEqual([lineOf(1)])
})
