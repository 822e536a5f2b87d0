import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { temporaryFolder, testToken, whenDelivery } from '#tests/support/engine.ts'
import { after, eventually, type FakeGateway, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { expectBooksToBalance } from '#tests/support/ledger.ts'
import { importCsv, type LeftBehind, lookAtWhatIsLeft } from '#tests/support/program-store.ts'
import { announcedRandom } from '#tests/support/seeded-random.ts'
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

/** The gateway answers one request in seven with a retry. */
function refusesAtFirst(messageId: number, turn: number): boolean {
  return turn === 1 && messageId % 7 === 0
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function messageIds(count: number): Iterable<number> {
  return Array.from({ length: count }, (_, n) => n + 1)
}

test('kill -9 at ten random instants of one delivery in a row loses none of 10,000 messages, and repeats only what was in flight', async () => {
  const random = announcedRandom('kill -9')
  const gateway = await openFakeGateway(({ id, turn }) =>
    after(2, refusesAtFirst(id, turn) ? { status: 503 } : undefined),
  )
  const program = await startProgram(gateway)
  expect(await importCsv(program, 10_000)).toMatchObject({ created: 10_000, refused: 0 })
  const askedAt = performance.now()
  const { id } = await program.client.deliveries.create({ text: 'Hello {{ name }}', draft: true })
  const changeMs = performance.now() - askedAt
  const restartsMs: number[] = []
  const left: number[] = []

  async function look(): Promise<LeftBehind> {
    const found = await lookAtWhatIsLeft(program.dataDir)
    left.push(found.sending)
    expect(found.sending, `left in flight by kill ${left.length}`).toBeLessThanOrEqual(concurrency)
    return found
  }
  async function startAgain(): Promise<void> {
    const begunAt = performance.now()
    await program.startAgain()
    restartsMs.push(Math.round(performance.now() - begunAt))
  }

  // The first falls into the transaction that fixes the audience, which takes some times as long as a small change, or close to it.
  const starting = program.client.deliveries.start({ id }).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 5 * changeMs * random()))
  await program.kill()
  await starting
  const fixed = (await look()).messages
  expect([0, 10_000]).toContain(fixed)
  await startAgain()
  if ((await program.client.deliveries.get({ id })).status === 'draft') await program.client.deliveries.start({ id })

  // Seven are spread over the sending, and two more of the program's own starts in between are cut off.
  const cutOff = new Set([Math.floor(random() * 3), 3 + Math.floor(random() * 4)])
  const requests = 10_000 + [...messageIds(10_000)].filter((message) => refusesAtFirst(message, 1)).length
  for (let kill = 0; kill < 7; kill += 1) {
    await gateway.received(Math.floor((requests * (kill + random())) / 7))
    await program.kill()
    const { sent } = await look()
    // What the gateway had accepted, but for what was in flight at one kill or another, was on disk.
    const accepted = [...gateway.timesSeen].filter(([message, times]) => !refusesAtFirst(message, times)).length
    expect(accepted - sent).toBeLessThanOrEqual(sumOf(left))
    if (cutOff.has(kill)) {
      await program.killWhileStarting(1.3 * (restartsMs[0] ?? 0) * random())
      await look()
    }
    await startAgain()
  }
  const delivery = await whenDelivery(program, id, 'completed', patienceMs)

  expect(delivery.messages).toMatchObject({ total: 10_000, byStatus: { sent: 10_000 } })
  expect([...gateway.timesSeen.keys()].sort((one, other) => one - other)).toEqual([...messageIds(10_000)])
  const again = [...gateway.timesSeen].reduce(
    (sum, [message, times]) => sum + times - (refusesAtFirst(message, 1) ? 2 : 1),
    0,
  )
  expect(left).toHaveLength(10)
  expect(again).toBeLessThanOrEqual(sumOf(left))
  await program.stop()
  await expectBooksToBalance(storeFile(program.dataDir))
  process.stdout.write(
    `ten kills: ${fixed} messages after the first; left in flight ${left.join(' ')}; ${again} ids repeated; restarts took ${restartsMs.join(' ')} ms\n`,
  )
}, 240_000)

test('kill -9 in the middle of an import leaves the directory as it was, no uploaded file, and a store that works', async () => {
  const program = await startProgram(await openFakeGateway())
  await importCsv(program, 500)
  const imported = importCsv(program, 200_000).catch(() => 'cut off')
  await eventually(async () => expect((await program.client.clients.page({ limit: 1 })).count).toBeGreaterThan(10_000))
  const uploads = join(program.dataDir, 'uploads')
  expect(await readdir(uploads)).toHaveLength(1)
  await program.kill()
  expect(await imported).toBe('cut off')

  await program.startAgain()
  expect(existsSync(uploads)).toBe(false)
  expect((await program.client.clients.page({ limit: 1 })).count).toBe(500)
  expect((await program.client.clients.facets()).tags).toEqual([
    { value: 'new', clients: 500 },
    { value: 'vip', clients: 500 },
  ])

  const again = await importCsv(program, 20_000)
  expect(again).toMatchObject({ total: 20_000, created: 19_500, refused: 0 })
  await program.stop()
  await expectBooksToBalance(storeFile(program.dataDir))
}, 180_000)
