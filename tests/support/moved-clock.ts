import { expect } from 'vitest'
import { fromInstant } from '#electron/base/clock.ts'
import type { DeliveryStatus, MessageStatus } from '#shared/domain/states.ts'
import { eventually } from './fake-gateway.ts'
import { settableClock } from './settable-clock.ts'
import { openTestStore, type TestStore } from './test-store.ts'

/** One in the afternoon in Moscow. */
const noon = '2026-11-23T10:00:00.000Z'
export const now = fromInstant(noon)
export const minute = 60_000
export const hour = 60 * minute

/** A store and a clock that the test moves. */
export async function openAt(instant = noon) {
  const clock = settableClock(instant)
  return { clock, store: await openTestStore(clock.now) }
}

/** A message in the store. */
export interface Seen {
  readonly status: MessageStatus
  readonly attempts: number
  readonly nextAttemptAt: number | null
  readonly errorCode: string | null
}

/** The messages of a delivery, by id. */
export function messagesIn(store: TestStore, deliveryId: number): Promise<Seen[]> {
  return store.sql.all<Seen>(
    'SELECT status, attempts, nextAttemptAt, errorCode FROM messages WHERE deliveryId = ? ORDER BY id',
    [deliveryId],
  )
}

export async function statusOf(store: TestStore, id: number): Promise<DeliveryStatus | undefined> {
  const row = await store.sql.first<{ status: DeliveryStatus }>('SELECT status FROM deliveries WHERE id = ?', [id])
  return row?.status
}

/** Waits until a delivery has this status. */
export function whenStatus(store: TestStore, id: number, status: DeliveryStatus): Promise<void> {
  return eventually(async () => expect(await statusOf(store, id)).toBe(status))
}

/** Waits until every message of a delivery looks like this. */
export function whenAll(store: TestStore, id: number, like: Partial<Seen>): Promise<void> {
  return eventually(async () => {
    for (const message of await messagesIn(store, id)) expect(message).toMatchObject(like)
  })
}
