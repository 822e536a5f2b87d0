import { expect, onTestFinished, test } from 'vitest'
import { openSession } from '#electron/store/connection.ts'
import { storeFile } from '#electron/store/store.ts'
import { temporaryFolder, testToken, whenDelivery } from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { after, eventually, type FakeGateway, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { expectBooksToBalance } from '#tests/support/ledger.ts'
import { startWebProgram, type WebProgram } from '#tests/support/web-program.ts'

const concurrency = 32
/** A busy machine takes its time over ten thousand messages. */
const patienceMs = 120_000

async function startProgram(gateway: FakeGateway): Promise<WebProgram> {
  const program = await startWebProgram({
    dataDir: await temporaryFolder(),
    gateway: { url: gateway.url, token: testToken },
  })
  onTestFinished(program.remove)
  return program
}

/** Posts clients as a script would. */
async function importCsv(program: WebProgram, clients: number): Promise<unknown> {
  const lines = Array.from({ length: clients }, (_, n) => `${phoneNumber(n)},Client ${n},vip;new`)
  const { origin, searchParams } = new URL(program.link)
  const response = await fetch(new URL('/clients/import', origin), {
    method: 'POST',
    headers: { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'text/csv' },
    body: `phone,name,tags\n${lines.join('\n')}\n`,
  })
  return response.json()
}

/** What the dead process left in the store. */
async function inStore(program: WebProgram, sql: string): Promise<number> {
  const session = await openSession(storeFile(program.dataDir))
  try {
    return (await session.first<{ value: number }>(sql))?.value ?? Number.NaN
  } finally {
    await session.close()
  }
}

test('kill -9 in the middle of 10,000 messages loses none, and at most the ones in flight go out twice', async () => {
  const gateway = await openFakeGateway()
  const program = await startProgram(gateway)
  expect(await importCsv(program, 10_000)).toMatchObject({ created: 10_000, refused: 0 })
  const { id } = await program.client.deliveries.create({ text: 'Hello {{ name }}' })

  await gateway.received(3_000)
  await program.kill()
  const seenBefore = gateway.requests.length
  expect(seenBefore).toBeLessThan(10_000)
  const inFlight = await inStore(program, `SELECT count(*) AS value FROM messages WHERE status = 'sending'`)
  expect(inFlight).toBeLessThanOrEqual(concurrency)
  // What the gateway had confirmed, but for those in flight, was on disk.
  const sent = await inStore(program, `SELECT count(*) AS value FROM messages WHERE status = 'sent'`)
  expect(seenBefore - sent).toBeLessThanOrEqual(concurrency)

  await program.startAgain()
  const delivery = await whenDelivery(program, id, 'completed', patienceMs)

  expect(delivery.messages).toMatchObject({ total: 10_000, byStatus: { sent: 10_000 } })
  expect(gateway.timesSeen.size).toBe(10_000)
  const times = [...gateway.timesSeen.values()]
  expect(times.filter((seen) => seen > 1).length).toBeLessThanOrEqual(concurrency)
  expect(Math.max(...times)).toBeLessThanOrEqual(2)
  await program.stop()
  await expectBooksToBalance(storeFile(program.dataDir))
}, 180_000)

test('kill -9 again and again, faults and all, loses nothing either', async () => {
  const kills = 4
  const gateway = await openFakeGateway(({ id, turn }) =>
    after(2, turn === 1 && id % 7 === 0 ? { status: 503 } : undefined),
  )
  const program = await startProgram(gateway)
  await importCsv(program, 2_000)
  const { id } = await program.client.deliveries.create({ text: 'Hello' })

  for (let kill = 1; kill <= kills; kill += 1) {
    await gateway.received(kill * 300)
    await program.kill()
    await program.startAgain()
  }
  const delivery = await whenDelivery(program, id, 'completed', patienceMs)

  expect(delivery.messages).toMatchObject({ total: 2_000, byStatus: { sent: 2_000 } })
  expect(gateway.timesSeen.size).toBe(2_000)
  const again = [...gateway.timesSeen].reduce((sum, [seen, times]) => sum + times - (seen % 7 === 0 ? 2 : 1), 0)
  expect(again).toBeLessThanOrEqual(concurrency * kills)
  await program.stop()
  await expectBooksToBalance(storeFile(program.dataDir))
}, 180_000)

test('kill -9 in the middle of an import leaves whole chunks, and a store that works', async () => {
  const program = await startProgram(await openFakeGateway())
  const imported = importCsv(program, 200_000).catch(() => 'cut off')
  let count = 0
  await eventually(async () => {
    count = (await program.client.clients.page({ limit: 1 })).count
    expect(count).toBeGreaterThan(10_000)
  })
  await program.kill()
  expect(await imported).toBe('cut off')

  await program.startAgain()
  const { count: kept } = await program.client.clients.page({ limit: 1 })
  expect(kept).toBeGreaterThanOrEqual(count)
  expect(kept).toBeLessThan(200_000)
  expect(kept % 2_000).toBe(0)
  const last = await program.client.clients.get({ id: kept })
  expect(last).toMatchObject({ phone: phoneNumber(kept - 1), name: `Client ${kept - 1}`, tags: ['new', 'vip'] })
  expect((await program.client.clients.facets()).tags).toEqual([
    { value: 'new', clients: kept },
    { value: 'vip', clients: kept },
  ])

  const again = await importCsv(program, 20_000)
  expect(again).toMatchObject({ total: 20_000, created: Math.max(0, 20_000 - kept), refused: 0 })
  await program.stop()
  await expectBooksToBalance(storeFile(program.dataDir))
}, 180_000)
