import type { MessageStatus } from '#shared/domain/states.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import type { SqlValue, WriteSession } from '../sqlite/connection.ts'

export interface NamedMessage {
  readonly id: number
  readonly clientId: number | null
}

/** Messages of one delivery that changed status together. All are counted; up to `maxNamed` are also named. */
export interface MovedMessages {
  readonly count: number
  readonly named: readonly NamedMessage[]
}

/** More messages at once are only counted: to name a million would push everything else out of the log. */
export const maxNamed = 1000

/** Runs an UPDATE of `messages` that changes up to `expected` rows. Belongs to the caller's transaction. */
export async function moveMessages(
  sql: WriteSession,
  update: string,
  values: readonly SqlValue[],
  expected: number,
): Promise<MovedMessages> {
  if (expected > maxNamed) return { count: (await sql.run(update, values)).changes, named: [] }
  const named = await sql.all<NamedMessage>(`${update} RETURNING id, clientId`, values)
  return { count: named.length, named }
}

/** Returns the events of such a change: one with their number, and one for each that is named. */
export function moveEvents(
  deliveryId: number,
  { count, named }: MovedMessages,
  status: MessageStatus,
  reason: ActivityEvent,
): ActivityEvent[] {
  if (count === 0) return []
  return [
    { delivery: deliveryId, messages: count, status, ...reason },
    ...named.map(({ id, clientId }) => ({ delivery: deliveryId, message: id, client: clientId, status, ...reason })),
  ]
}

/** Returns the events of clients that changed together: one each, or one with their number when they are too many. */
export function clientEvents(ids: readonly number[], what: ActivityEvent): ActivityEvent[] {
  if (ids.length > maxNamed) return [{ clients: ids.length, ...what }]
  return ids.map((client) => ({ client, ...what }))
}
