import type * as z from 'zod'
import { createClient } from '#electron/store/clients/clients.ts'
import { type DeliveryFields, insertDelivery } from '#electron/store/deliveries/deliveries.ts'
import { moveCounters } from '#electron/store/send-queue/counters.ts'
import { startDelivery } from '#electron/store/send-queue/delivery-life.ts'
import type { Store, Writing } from '#electron/store/store.ts'
import { type Client, clientInputSchema } from '#shared/contract/clients.ts'
import { everybody, type Filter } from '#shared/domain/filter.ts'
import type { MessageStatus } from '#shared/domain/states.ts'

/** The moment at which everything in tests happens unless they say otherwise. */
export const testNow = Date.parse('2026-11-23T10:00:00.000Z')
const day = 24 * 60 * 60 * 1000

/** The phone of the n-th client: `79000000000`, `79000000001`, … */
export function phoneNumber(n: number): string {
  return `79${String(n).padStart(9, '0')}`
}

type ClientWish = z.input<typeof clientInputSchema> & { readonly now?: number }

/** Adds a client; only what the test is about needs to be said. */
export function addClient(store: Store, wish: ClientWish): Promise<Client> {
  return store.write((writing) => create(writing, wish))
}

/** Adds this many clients with phones in a row, in one transaction. */
export function addClients(store: Store, count: number, firstNumber = 0): Promise<Client[]> {
  return store.write(async (writing) => {
    const clients: Client[] = []
    for (let n = firstNumber; n < firstNumber + count; n += 1) {
      clients.push(await create(writing, { phone: phoneNumber(n), name: `Client ${n}` }))
    }
    return clients
  })
}

function create(writing: Writing, { now = testNow, ...fields }: ClientWish): Promise<Client> {
  return createClient(writing, clientInputSchema.parse({ timeZone: 'Europe/Moscow', ...fields }), now)
}

/** Adds a scheduled delivery that is due; gives back its id. */
export function addDelivery(
  store: Store,
  {
    filter = everybody,
    now = testNow,
    ...fields
  }: Partial<Omit<DeliveryFields, 'filter'>> & { readonly filter?: Filter; readonly now?: number } = {},
): Promise<number> {
  const whole = {
    name: 'Winter sale',
    text: 'Hello',
    startsAt: now,
    endsAt: now + day,
    windowFrom: null,
    windowTo: null,
    ratePerSecond: null,
    status: 'scheduled' as const,
    ...fields,
    filter: JSON.stringify(filter),
  }
  return store.write((writing) => insertDelivery(writing, whole, now))
}

/** Adds a delivery and begins it: a queued message for each client whom its filter selects. Gives back its id. */
export async function addStartedDelivery(
  store: Store,
  fields: Parameters<typeof addDelivery>[1] = {},
): Promise<number> {
  const id = await addDelivery(store, fields)
  await store.write(({ sql }) => startDelivery(sql, id, fields.now ?? testNow))
  return id
}

/** Gives the next queued messages of a delivery another status, as the sender would. Gives back their ids. */
export function settleMessages(
  store: Store,
  deliveryId: number,
  status: MessageStatus,
  count: number,
): Promise<number[]> {
  return store.write(async ({ sql }) => {
    const rows = await sql.all<{ id: number }>(
      `UPDATE messages SET status = ?, attempts = 1, nextAttemptAt = NULL, sentAt = ?, errorCode = ?, errorDetail = ?
       WHERE id IN (SELECT id FROM messages WHERE deliveryId = ? AND status = 'queued' ORDER BY id LIMIT ?) RETURNING id`,
      [
        status,
        status === 'sent' ? testNow : null,
        status === 'failed' ? 'rejected' : null,
        status === 'failed' ? 'no such number' : null,
        deliveryId,
        count,
      ],
    )
    await moveCounters(sql, deliveryId, { queued: -rows.length, [status]: rows.length })
    return rows.map((row) => row.id).sort((a, b) => a - b)
  })
}
