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

/** Ten attempts as the domain has them, in hundredths of the time. */
export const hastyRetries: RetryPolicy = { baseMs: 20, capMs: 200, attempts: 10 }

export const testToken = 'a-token-of-the-tests'

export type EngineClient = ReturnType<typeof openClient>
const openClient = (api: Awaited<ReturnType<typeof openEngine>>['api']) => createRouterClient(api)

export interface TestEngine {
  readonly dataDir: string
  /** The contract, called as a host would call it; another one after `reopen`. */
  readonly client: EngineClient
  /** What the stream of changes told so far. */
  readonly heard: readonly ProgressEvent[]
  close(): Promise<void>
  reopen(changed?: Partial<EngineOptions>): Promise<void>
}

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-engine-'))
  onTestFinished(() => removeFolder(folder))
  return folder
}

/**
 * The whole engine, worker thread included, in a folder of its own, sending to `gateway`. When the test is over it is
 * closed, and everything that it kept count of must be true.
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
      retries: hastyRetries,
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

/** Imports this many clients: `Client 0`, `Client 1`, … in the zone of Moscow. */
export async function importClients({ client }: Pick<TestEngine, 'client'>, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => `${phoneNumber(n)},Client ${n},Europe/Moscow,city ${n}`)
  const csv = new File([`phone,name,timeZone,city\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const event of await client.clients.import({ csv }))
    if (event.kind === 'report') expect(event.report).toMatchObject({ created: count, refused: 0 })
}

type Wish = Parameters<EngineClient['deliveries']['create']>[0]

/** Writes a delivery to everybody that starts at once unless told otherwise; gives back its id. */
export async function deliver({ client }: Pick<TestEngine, 'client'>, wish: Partial<Wish> = {}): Promise<number> {
  const { id } = await client.deliveries.create({ text: 'Hello', ...wish })
  return id
}

/** Waits until a delivery has this status, and gives it back as it is then. */
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

/** Waits until a delivery has exactly so many messages in each of these states. */
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

/** The messages of a delivery, at most a thousand, by id. */
export async function messagesOf({ client }: Pick<TestEngine, 'client'>, deliveryId: number): Promise<Message[]> {
  const { results } = await client.messages.page({ deliveryId, limit: 1000 })
  return results
}
