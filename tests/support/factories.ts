import type * as z from 'zod'
import type { DeliveryFields } from '#electron/store/ports/deliveries.ts'
import { moveCounters } from '#electron/store/send-queue/counters.ts'
import type { Store, StoreWrites } from '#electron/store/store.ts'
import { type Client, clientInputSchema } from '#shared/contract/clients.ts'
import { everybody } from '#shared/domain/filter.ts'
import type { DeliveryStatus, MessageStatus } from '#shared/domain/states.ts'
import type { TestStore } from './test-store.ts'

/** The default time in tests. */
export const testNow = Date.parse('2026-11-23T10:00:00.000Z')
const day = 24 * 60 * 60 * 1000

/** The phone of the n-th client: `79000000000`, `79000000001`, … */
export function phoneNumber(n: number): string {
  return `79${String(n).padStart(9, '0')}`
}

type ClientWish = z.input<typeof clientInputSchema> & { readonly now?: number }

/** Adds a client; fields that do not matter to the test have defaults. */
export function addClient(store: Store, wish: ClientWish): Promise<Client> {
  return store.write((writes) => create(writes, wish))
}

/** Adds this many clients with consecutive phones, in one transaction. */
export function addClients(store: Store, count: number, firstNumber = 0): Promise<Client[]> {
  return store.write(async (writes) => {
    const clients: Client[] = []
    for (let n = firstNumber; n < firstNumber + count; n += 1) {
      clients.push(await create(writes, { phone: phoneNumber(n), name: `Client ${n}` }))
    }
    return clients
  })
}

function create({ clients }: StoreWrites, { now = testNow, ...fields }: ClientWish): Promise<Client> {
  return clients.create(clientInputSchema.parse({ timeZone: 'Europe/Moscow', ...fields }), now)
}

/** Adds a scheduled delivery that is due, or one in another state. Returns its id. */
export function addDelivery(
  store: Store,
  {
    now = testNow,
    status = 'scheduled',
    ...fields
  }: Partial<DeliveryFields> & { readonly status?: DeliveryStatus; readonly now?: number } = {},
): Promise<number> {
  const whole = {
    name: 'Winter sale',
    text: 'Hello',
    filter: everybody,
    startsAt: now,
    endsAt: now + day,
    window: null,
    ratePerSecond: null,
    ...fields,
  }
  return store.write(async ({ deliveries }) => {
    const id = await deliveries.create({ ...whole, status: 'scheduled' }, now)
    if (status !== 'scheduled') await deliveries.update(id, { status }, now)
    return id
  })
}

/** Adds a delivery and starts it: a queued message for each client that its filter selects. Returns its id. */
export async function addStartedDelivery(
  store: Store,
  fields: Parameters<typeof addDelivery>[1] = {},
): Promise<number> {
  const id = await addDelivery(store, fields)
  await store.write(({ deliveries }) => deliveries.start(id, fields.now ?? testNow, { because: 'startDue' }))
  return id
}

/** Sets the status of the next queued messages of a delivery, as the sender would. Returns their ids. */
export function settleMessages(
  { sql }: TestStore,
  deliveryId: number,
  status: MessageStatus,
  count: number,
): Promise<number[]> {
  return sql.transaction(async () => {
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
