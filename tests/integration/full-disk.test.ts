import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { EngineOpenError, openEngine } from '#electron/engine.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { firstStore } from '#electron/store/sqlite/migrations/0001-first-store.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { troubleOf } from '#electron/store/sqlite/trouble.ts'
import type { Delivery } from '#shared/contract/deliveries.ts'
import type { Channel } from '#shared/contract/gateway.ts'
import { errorText } from '#shared/errors/app-error.ts'
import { testToken, whenDelivery } from '#tests/support/engine.ts'
import { addClients } from '#tests/support/factories.ts'
import {
  accepted,
  after,
  eventually,
  expectEachOnce,
  type FakeGateway,
  openFakeGateway,
} from '#tests/support/fake-gateway.ts'
import { expectBooksToBalance } from '#tests/support/ledger.ts'
import { logLines } from '#tests/support/log-files.ts'
import { importCsv, lookAtWhatIsLeft } from '#tests/support/program-store.ts'
import { makeSmallDisk, type SmallDisk } from '#tests/support/small-disk.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'
import { startWebProgram, type WebProgram } from '#tests/support/web-program.ts'

const concurrency = 32
const messages = 6_000
const patienceMs = 120_000
const error = { code: 'store_full', params: {} } as const
const reason = errorText(error)

const trial = makeSmallDisk(1)
const missing = typeof trial === 'string' ? trial : null
if (typeof trial !== 'string') trial.remove()
if (missing !== null) process.stdout.write(`NOT RUN on a full disk: ${missing}.\n`)

interface Running {
  readonly disk: SmallDisk
  readonly gateway: FakeGateway
  readonly program: WebProgram
  readonly id: number
  /** The channel's states in the live stream. */
  readonly told: readonly Channel[]
}

/** Starts a delivery, in a directory on a disk that can be filled. */
async function runDelivery(): Promise<Running> {
  const disk = makeSmallDisk(48)
  if (typeof disk === 'string') throw new Error(disk)
  onTestFinished(disk.remove)
  const gateway = await openFakeGateway(() => after(5, accepted))
  const program = await startWebProgram({
    dataDir: join(disk.folder, 'data'),
    gateway: { url: gateway.url, token: testToken },
  })
  onTestFinished(program.remove)
  expect(await importCsv(program, messages)).toMatchObject({ created: messages })
  // Begins with nothing beside the store that could be written over: from here on each change takes room.
  await program.stop()
  await program.startAgain()
  const told: Channel[] = []
  void listen(program, told).catch(() => undefined)
  const { id } = await program.client.deliveries.create({ text: 'Hello {{ name }}' })
  await gateway.received(1_000)
  return { disk, gateway, program, id, told }
}

async function listen({ client }: WebProgram, told: Channel[]): Promise<void> {
  for await (const event of await client.progress.live()) if (event.type === 'channel') told.push(event.channel)
}

/** Fills the disk, and waits until no request is in flight. */
async function fillUp({
  disk,
  gateway,
  program,
  id,
  told,
}: Running): Promise<{ delivery: Delivery; requests: number }> {
  disk.fill()
  const blocked = () => told.filter(({ status }) => status === 'blocked')
  await eventually(() => expect(blocked().length).toBeGreaterThan(1))
  const requests = gateway.requests.length
  const delivery = await program.client.deliveries.get({ id })
  const tries = blocked().length
  await eventually(() => expect(blocked().length).toBeGreaterThan(tries + 1))
  expect(gateway.requests, 'requests while nothing can be written').toHaveLength(requests)
  expect(blocked().at(-1)).toEqual({
    status: 'blocked',
    reason,
    error,
    since: blocked()[0]?.since,
    nextProbeAt: expect.stringMatching(/Z$/),
  })
  expect(await program.client.gateway.channel()).toMatchObject({ status: 'blocked', reason })
  expect(delivery.messages.byStatus.sending).toBeLessThanOrEqual(concurrency)
  return { delivery, requests }
}

function ask({ link }: WebProgram, path: string, init: RequestInit = {}): Promise<Response> {
  const { origin, searchParams } = new URL(link)
  const headers = { authorization: `Bearer ${searchParams.get('token')}`, ...init.headers }
  return fetch(new URL(path, origin), { ...init, headers })
}

test.skipIf(missing !== null)(
  'a full disk stops sending and is reported; with free space sending resumes, and nothing is lost or repeated',
  async () => {
    const running = await runDelivery()
    const { disk, gateway, program, id, told } = running
    await fillUp(running)

    const refused = {
      defined: true,
      code: 'STORE_UNAVAILABLE',
      status: 503,
      message: reason,
      data: { ...error, reason },
    }
    const { client } = program
    await expect(client.clients.create({ phone: '79990000001' })).rejects.toMatchObject(refused)
    await expect(client.deliveries.create({ text: 'Too late' })).rejects.toMatchObject(refused)
    await expect(client.deliveries.pause({ id })).rejects.toMatchObject(refused)
    await expect(client.settings.update({ theme: 'dark' })).rejects.toMatchObject(refused)
    const csv = new File([`phone\n79990000001\n`], 'clients.csv')
    const importing = async () => {
      for await (const _ of await client.clients.import({ csv }));
    }
    await expect(importing()).rejects.toMatchObject(refused)
    const body = { code: 'STORE_UNAVAILABLE', message: reason, data: { ...error, reason } }
    const json = { 'content-type': 'application/json' }
    const added = await ask(program, '/clients/', { method: 'POST', headers: json, body: '{"phone":"79990000001"}' })
    expect([added.status, await added.json()]).toEqual([503, body])
    const imported = await ask(program, '/clients/import', { method: 'POST', body: 'phone\n79990000001\n' })
    expect([imported.status, await imported.json()]).toEqual([503, body])
    // What there is can be looked at.
    expect((await client.clients.page({ limit: 1 })).count).toBe(messages)
    expect((await ask(program, '/deliveries/')).status).toBe(200)

    disk.makeRoom()
    const delivery = await whenDelivery(program, id, 'completed', patienceMs)
    expect(delivery.messages).toMatchObject({ total: messages, byStatus: { sent: messages } })
    expectEachOnce(gateway, messages)
    expect(told.at(-1)).toEqual({ status: 'open', reason: null, since: null, nextProbeAt: null })
    await client.clients.create({ phone: '79990000001' })
    await program.stop()
    await expectBooksToBalance(storeFile(program.dataDir))

    const stories = /^\s+at |^caused by /
    for (const name of ['main', 'scheduler'] as const)
      for (const line of (await logLines(program.dataDir, name)).filter((text) => !stories.test(text)))
        expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z (info|warn|error) \S/)
  },
  180_000,
)

test.skipIf(missing !== null)(
  'kill -9 and a restart on a full disk lose nothing: the program says what to do, and resumes with free space',
  async () => {
    const running = await runDelivery()
    const { disk, gateway, program, id } = running
    const { delivery: before } = await fillUp(running)
    await program.kill()
    const left = await lookAtWhatIsLeft(program.dataDir)
    expect(left.sending).toBeLessThanOrEqual(concurrency)
    expect(left.sent).toBeGreaterThanOrEqual(before.messages.byStatus.sent)

    disk.fill()
    await expect(program.startAgain()).rejects.toThrow(
      `ended with code 1 before it was ready: Herald cannot start: ${storeFile(program.dataDir)} cannot be written: ${reason}\n`,
    )
    expect(await lookAtWhatIsLeft(program.dataDir)).toEqual(left)

    disk.makeRoom()
    await program.startAgain()
    const delivery = await whenDelivery(program, id, 'completed', patienceMs)
    expect(delivery.messages).toMatchObject({ total: messages, byStatus: { sent: messages } })
    expect(gateway.timesSeen.size).toBe(messages)
    expect(gateway.requests.length - messages).toBeLessThanOrEqual(left.sending)
    await program.stop()
    await expectBooksToBalance(storeFile(program.dataDir))
  },
  180_000,
)

test.skipIf(missing !== null)(
  'a start on a full disk fails with a reason, and succeeds with free space',
  async () => {
    const disk = makeSmallDisk(8)
    if (typeof disk === 'string') throw new Error(disk)
    onTestFinished(disk.remove)
    const dataDir = join(disk.folder, 'data')
    const refusal = () => openEngine({ dataDir, host: 'web' }).catch((error: unknown) => error)
    for (const start of ['first', 'later']) {
      disk.fill()
      const error = await refusal()
      expect(error, start).toBeInstanceOf(EngineOpenError)
      expect((error as Error).message, start).toMatch(
        /the disk has no room for .+: free up space, or choose another data directory/,
      )
      disk.makeRoom()
      const engine = await openEngine({ dataDir, host: 'web' })
      await engine.close()
    }
  },
  60_000,
)

test.skipIf(missing !== null)(
  'a change that finds no room leaves no connection behind, and the next one with room is made',
  async () => {
    const disk = makeSmallDisk(8)
    if (typeof disk === 'string') throw new Error(disk)
    onTestFinished(disk.remove)
    const store = await openTestStoreIn(disk.folder, Date.now)
    const openFiles = (): number =>
      readdirSync('/proc/self/fd').filter((fd) => linkAt(`/proc/self/fd/${fd}`).startsWith(store.host.file)).length
    await addClients(store, 10)
    disk.fill()
    const before = openFiles()
    for (let change = 0; change < 20; change += 1)
      expect(troubleOf(await addClients(store, 1, 10).catch((error: unknown) => error))).toBe('full')
    // Two more may wait in the driver's hands.
    await eventually(() => expect(openFiles()).toBeLessThan(before + 3))
    disk.makeRoom()
    await addClients(store, 1, 10)
    expect(await store.read.clients.count({})).toBe(11)
  },
)

test.skipIf(missing !== null)(
  'a new version that finds no room for the backup changes nothing, and leaves no half of it',
  async () => {
    const disk = makeSmallDisk(2)
    if (typeof disk === 'string') throw new Error(disk)
    onTestFinished(disk.remove)
    const file = storeFile(disk.folder)
    const old = await openSession(file)
    await old.exec(`
    CREATE TABLE migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
    INSERT INTO migrations VALUES ('0001-first-store', 0);
    ${firstStore.sql}
    INSERT INTO settings (key, value) VALUES ('large', '"${'x'.repeat(1_000_000)}"');
  `)
    await old.close()
    const refused = await openTestStoreIn(disk.folder, Date.now).catch((error: unknown) => error)
    expect(troubleOf(refused)).toBe('full')
    expect(readdirSync(join(disk.folder, 'backups'))).toEqual([])
    const session = await openSession(file)
    expect(await session.all('SELECT name FROM migrations')).toEqual([{ name: '0001-first-store' }])
    await session.close()
  },
)

function linkAt(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    // Closed while we looked.
    return ''
  }
}
