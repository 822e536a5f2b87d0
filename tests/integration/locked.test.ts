import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { ownConsoleUrl } from '#electron/desktop/console/addresses.ts'
import { handOutApiPorts } from '#electron/desktop/console/api-port.ts'
import { openEngine } from '#electron/engine.ts'
import { type Contract, contract } from '#shared/contract/index.ts'
import { portWantedChannel } from '#shared/desktop-bridge.ts'
import { electronStandIn } from '#tests/support/electron-stand-in.ts'
import { StandInFrame } from '#tests/support/electron-stand-in-ports.ts'
import { deliver, importClients, openTestEngine, temporaryFolder, whenDelivery } from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { openLoopbackGateway } from '#tests/support/loopback-gateway.ts'
import { readableLog } from '#tests/support/readable-log.ts'
import { json, openTestHost } from '#tests/support/web-host.ts'

const passphrase = 'correct horse battery'
const locked = { code: 'LOCKED', status: 423, defined: true }

/** Every call of the contract by its name, with an input that a locked program must not even look at. */
async function callEverything(client: object): Promise<Map<string, unknown>> {
  const ends = new Map<string, unknown>()
  for (const [room, calls] of Object.entries(contract))
    for (const name of Object.keys(calls)) {
      const rooms = client as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
      const end = await rooms[room]?.[name]?.({}).catch((error: unknown) => error)
      ends.set(`${room}.${name}`, end instanceof ORPCError ? end.code : 'answered')
    }
  return ends
}

describe('a locked program', () => {
  test('refuses everything but unlocking from its start, with an error that every host passes on', async () => {
    const engine = await openTestEngine(null)
    await engine.client.lock.setPassphrase({ next: passphrase })
    await engine.reopen()
    const ends = await callEverything(engine.client)
    expect(ends.size).toBeGreaterThan(60)
    const others = [...ends].filter(([, end]) => end !== 'LOCKED')
    expect(Object.fromEntries(others)).toEqual({
      'settings.get': 'answered',
      'settings.about': 'answered',
      'lock.state': 'answered',
      'lock.lock': 'answered',
      // What it asks for was not given.
      'lock.unlock': 'BAD_REQUEST',
    })
    await engine.client.lock.unlock({ passphrase })
    expect((await engine.client.clients.list({})).items).toEqual([])
  })

  test('answers neither over REST nor with a file, and accepts none', async () => {
    const host = await openTestHost()
    await host.client.clients.create({ phone: '79001234567', name: 'Anna' })
    await host.client.lock.setPassphrase({ next: passphrase })
    await host.client.lock.lock()
    const asked = await Promise.all([
      host.ask('/clients/'),
      host.ask('/clients/1/'),
      host.ask('/deliveries/', json('POST', { text: 'Hello' })),
      host.ask('/deliveries/', json('POST', { nonsense: 1 })),
      host.ask('/clients/export.csv'),
      host.ask('/clients/import', { method: 'POST', body: 'phone\n79001234568\n' }),
      host.ask('/do-not-contact/', json('POST', { phones: ['79001234567'] })),
    ])
    for (const answer of asked) {
      expect(answer.status, answer.text).toBe(423)
      expect(answer.json).toMatchObject({ code: 'LOCKED', message: expect.stringMatching(/locked/i), data: null })
      expect(answer.text).not.toContain('Anna')
    }
    await expect(host.client.clients.list({})).rejects.toMatchObject(locked)
    expect(await host.client.settings.get()).toMatchObject({ theme: 'system' })
    await host.client.lock.unlock({ passphrase })
    expect((await host.ask('/clients/')).json).toMatchObject({ count: 1 })
  })

  test('does nothing at any address of its REST API, has none that unlocks, and says so in the reference', async () => {
    const host = await openTestHost()
    await host.client.clients.create({ phone: '79001234567' })
    await host.client.deliveries.create({ text: 'Hello', draft: true })
    await host.client.lock.setPassphrase({ next: passphrase })
    await host.client.lock.lock()
    const reference = await host.ask('/docs/openapi.json')
    expect(reference.json.info.description).toMatch(/locked every address answers 423.*No address unlocks/s)
    const addresses = Object.entries<object>(reference.json.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })),
    )
    expect(addresses.length).toBeGreaterThan(40)
    expect(addresses.filter(({ path }) => /lock|passphrase/.test(path))).toEqual([])
    for (const { path, method } of addresses) {
      const address = path.replace('{phone}', '79001234567').replace(/\{\w+\}/, '1')
      const answer = await host.ask(address, method === 'GET' || method === 'DELETE' ? { method } : json(method, {}))
      expect([method, path, answer.status]).toEqual([method, path, 423])
    }
    await host.client.lock.unlock({ passphrase })
    expect((await host.client.clients.list({})).items).toHaveLength(1)
    expect((await host.client.deliveries.list({})).items).toMatchObject([{ status: 'draft' }])
  })
})

describe('a program that locks', () => {
  test('ends every open stream at that moment, so that nobody mistakes an export for a complete one', async () => {
    const host = await openTestHost()
    await host.client.lock.setPassphrase({ next: passphrase })
    await importClients(host, 40_000)
    const live = await host.client.progress.live()
    const log = await host.client.log.follow({ log: 'program' })
    const order = { subject: { kind: 'clients', selection: { kind: 'query', query: {} } }, format: 'csv' } as const
    const file = await host.client.exports.write({ ...order, acknowledges: true })
    // It waits for its reader by now: nothing but the lock would end it.
    for (let n = 0; n < 3; n += 1) await file.next()
    const heard = live.next()
    const grown = log.next()
    const pieces = (async () => {
      for await (const _piece of file);
    })()
    for (const waiting of [heard, grown, pieces]) waiting.catch(() => undefined)
    await host.client.lock.lock()
    for (const waiting of [pieces, heard, grown]) await expect(waiting).rejects.toMatchObject(locked)
    await expect(host.client.progress.live()).rejects.toMatchObject(locked)
    await host.client.lock.unlock({ passphrase })
    const again = await host.client.progress.live()
    await host.client.clients.create({ phone: '79991112233' })
    expect((await again.next()).value).toMatchObject({ type: 'changed' })
    await again.return?.()
  })

  test('refuses the desktop like the browser, and ends its streams as well', async () => {
    const engine = await openEngine({ dataDir: await temporaryFolder(), host: 'desktop' })
    onTestFinished(engine.close)
    const { ipcMain, electron } = electronStandIn()
    const { log } = readableLog()
    handOutApiPorts(electron, Promise.resolve(engine.api), ownConsoleUrl, log)
    const page = new StandInFrame('herald://console')
    ipcMain.emit(portWantedChannel, { senderFrame: page })
    onTestFinished(() => page.port.close())
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: page.port }))
    await client.lock.setPassphrase({ next: passphrase })
    const live = await client.progress.live()
    const heard = live.next()
    heard.catch(() => undefined)
    const own = createRouterClient(engine.internalApi)
    const told = await own.progress.live()
    const news = told.next()
    await client.lock.lock()
    await expect(heard).rejects.toMatchObject(locked)
    // By this the program around the window takes back the notifications that name something.
    expect((await news).value).toEqual({ type: 'changed', entity: 'lock' })
    await told.return?.()
    await expect(client.clients.list({})).rejects.toMatchObject(locked)
    // And by this it knows that the next ones are to name nothing.
    expect(await own.lock.state()).toMatchObject({ isLocked: true })
    expect(await client.lock.unlock({ passphrase })).toMatchObject({ isLocked: false })
    expect((await client.clients.list({})).items).toEqual([])
  })
})

describe('work that runs when the program locks', () => {
  test('an import is undone', async () => {
    const host = await openTestHost()
    await host.client.lock.setPassphrase({ next: passphrase })
    const lines = Array.from({ length: 200_000 }, (_, n) => phoneNumber(n)).join('\n')
    const events = await host.client.clients.import({ csv: new File([`phone\n${lines}\n`], 'clients.csv') })
    const taking = (async () => {
      for await (const event of events) if (event.kind === 'progress') await host.client.lock.lock()
    })()
    await expect(taking).rejects.toMatchObject(locked)
    await host.client.lock.unlock({ passphrase })
    await vi.waitUntil(async () => (await host.client.clients.count({})).count === 0, { timeout: 20_000 })
  })

  test('an import over REST is undone, and answers that the program is locked', async () => {
    const host = await openTestHost()
    await host.client.lock.setPassphrase({ next: passphrase })
    const lines = Array.from({ length: 200_000 }, (_, n) => phoneNumber(n)).join('\n')
    const answer = host.ask('/clients/import', { method: 'POST', body: `phone\n${lines}\n` })
    await vi.waitUntil(async () => (await host.client.clients.count({})).count > 0, { timeout: 20_000, interval: 10 })
    await host.client.lock.lock()
    expect(await answer).toMatchObject({ status: 423, json: { code: 'LOCKED' } })
    await host.client.lock.unlock({ passphrase })
    await vi.waitUntil(async () => (await host.client.clients.count({})).count === 0, { timeout: 20_000 })
  })

  test('sending continues, and a due delivery starts', async () => {
    const gateway = await openLoopbackGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 30)
    await engine.client.lock.setPassphrase({ next: passphrase })
    await engine.client.gateway.update({ ratePerSecond: 20 })
    const id = await deliver(engine)
    const startsAt = new Date(Date.now() + 1500).toISOString()
    const later = await engine.client.deliveries.create({ text: 'Later', startsAt })
    await engine.client.lock.lock()
    const before = gateway.requests.length
    expect(before).toBeLessThan(30)
    await gateway.received(60)
    await expect(engine.client.deliveries.get({ id })).rejects.toMatchObject({ code: 'LOCKED' })
    await engine.client.lock.unlock({ passphrase })
    for (const each of [id, later.id]) await whenDelivery(engine, each, 'completed')
    await gateway.goDown()
  })

  test('a change that was accepted before completes', async () => {
    const engine = await openTestEngine(null)
    await engine.client.lock.setPassphrase({ next: passphrase })
    const making = engine.client.backups.make()
    await vi.waitUntil(async () => (await readdir(join(engine.dataDir, 'backups')).catch(() => [])).length > 0)
    await engine.client.lock.lock()
    expect(await making).toMatchObject({ kind: 'manual' })
    await expect(engine.client.backups.list()).rejects.toMatchObject({ code: 'LOCKED' })
  })
})
