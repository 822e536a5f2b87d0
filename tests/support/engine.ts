import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { createRouterClient } from '@orpc/server'
import { expect, onTestFinished } from 'vitest'
import { type EngineOptions, openEngine } from '#electron/engine.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import type { Delivery } from '#shared/contract/deliveries.ts'
import type { Message } from '#shared/contract/messages.ts'
import type { ProgressEvent } from '#shared/contract/progress.ts'
import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import type { DeliveryStatus, MessageStatus } from '#shared/domain/states.ts'
import { phoneNumber } from './factories.ts'
import { eventually, type FakeGateway } from './fake-gateway.ts'
import { expectBooksToBalance } from './ledger.ts'
import { removeFolder } from './remove-folder.ts'

/** The domain's ten attempts, a hundred times faster. */
export const fastRetries: RetryPolicy = { baseMs: 20, capMs: 200, attempts: 10 }

export const testToken = 'a-token-of-the-tests'

export type EngineClient = ReturnType<typeof openClient>
const openClient = (api: Awaited<ReturnType<typeof openEngine>>['api']) => createRouterClient(api)

export interface TestEngine {
  readonly dataDir: string
  /** The contract, called as a host calls it; a new one after `reopen`. */
  readonly client: EngineClient
  /** The events of the live stream so far. */
  readonly heard: readonly ProgressEvent[]
  close(): Promise<void>
  reopen(changed?: Partial<EngineOptions>): Promise<void>
}

/** Returns a folder that is deleted after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-engine-'))
  onTestFinished(() => removeFolder(folder))
  return folder
}

/**
 * Opens the whole engine, with its worker thread, in a temporary folder, sending to `gateway`. After the test it is
 * closed, and all its counters must be right.
 */
export async function openTestEngine(
  gateway: FakeGateway | null,
  options: Partial<EngineOptions> = {},
): Promise<TestEngine> {
  const dataDir = options.dataDir ?? (await temporaryFolder())
  const environment = gateway === null ? {} : { gatewayUrl: gateway.url, gatewayToken: testToken }
  const heard: ProgressEvent[] = []

  async function open(changed: Partial<EngineOptions> = {}) {
    const engine = await openEngine({
      host: 'web',
      environment,
      retries: fastRetries,
      ...options,
      ...changed,
      dataDir,
    })
    const client = openClient(engine.api)
    const leaving = new AbortController()
    const listening = listen(client, leaving.signal, heard)
    return {
      client,
      async close() {
        leaving.abort()
        await listening
        await engine.close()
      },
    }
  }

  let present = await open()
  onTestFinished(async () => {
    await present.close()
    await expectBooksToBalance(storeFile(dataDir))
  })
  return {
    dataDir,
    get client() {
      return present.client
    },
    heard,
    close: () => present.close(),
    async reopen(changed) {
      await present.close()
      present = await open(changed)
    },
  }
}

async function listen(client: EngineClient, signal: AbortSignal, heard: ProgressEvent[]): Promise<void> {
  try {
    const events = await client.progress.live(undefined, { signal })
    for await (const event of events) heard.push(event)
  } catch (error) {
    // A lock ends every stream.
    const isLocked = error instanceof ORPCError && error.code === 'LOCKED'
    if (!signal.aborted && !isLocked) throw error
  }
}

/** Imports this many clients: `Client 0`, `Client 1`, … in Moscow's time zone. */
export async function importClients({ client }: Pick<TestEngine, 'client'>, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => `${phoneNumber(n)},Client ${n},Europe/Moscow,city ${n}`)
  const csv = new File([`phone,name,timeZone,city\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const event of await client.clients.import({ csv }))
    if (event.kind === 'report') expect(event.report).toMatchObject({ created: count, refused: 0 })
}

type Wish = Parameters<EngineClient['deliveries']['create']>[0]

/** Creates a delivery to all clients that starts immediately by default; returns its id. */
export async function deliver({ client }: Pick<TestEngine, 'client'>, wish: Partial<Wish> = {}): Promise<number> {
  const { id } = await client.deliveries.create({ text: 'Hello', ...wish })
  return id
}

/** Waits until a delivery has this status, and returns it. */
export async function whenDelivery(
  { client }: Pick<TestEngine, 'client'>,
  id: number,
  status: DeliveryStatus,
  timeoutMs?: number,
): Promise<Delivery> {
  let delivery: Delivery | undefined
  await eventually(async () => {
    delivery = await client.deliveries.get({ id })
    expect(delivery, JSON.stringify(delivery.messages)).toMatchObject({ status })
  }, timeoutMs)
  if (delivery === undefined) throw new Error('unreachable')
  return delivery
}

/** Waits until a delivery has exactly these numbers of messages by status. */
export function whenCounted(
  { client }: Pick<TestEngine, 'client'>,
  id: number,
  counts: { readonly [status in MessageStatus]?: number },
  timeoutMs?: number,
): Promise<void> {
  return eventually(async () => {
    const { messages } = await client.deliveries.get({ id })
    expect(messages.byStatus).toMatchObject(counts)
  }, timeoutMs)
}

/** Returns the messages of a delivery by id, up to a thousand. */
export async function messagesOf({ client }: Pick<TestEngine, 'client'>, deliveryId: number): Promise<Message[]> {
  const { results } = await client.messages.page({ deliveryId, limit: 1000 })
  return results
}
