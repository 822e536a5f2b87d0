import type { MessageStatus } from '#shared/domain/states.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import type { SqlValue, WriteSession } from '../sqlite/connection.ts'

export interface NamedMessage {
  readonly id: number
  readonly clientId: number | null
}

/** Messages of one delivery that moved together. All are counted; they are named only while they are few. */
export interface MovedMessages {
  readonly count: number
  readonly named: readonly NamedMessage[]
}

/** More at once are only counted: to name a million would push everything else out of the log. */
export const maxNamed = 1000

/** Runs an UPDATE of `messages` that is expected to move so many at most. Belongs into the caller's transaction. */
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

/** What the log tells of them: how many there were, and each of those that are named. */
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

/** What the log tells of clients who changed together: each by name, or, when they are too many for that, how many. */
export function clientEvents(ids: readonly number[], what: ActivityEvent): ActivityEvent[] {
  if (ids.length > maxNamed) return [{ clients: ids.length, ...what }]
  return ids.map((client) => ({ client, ...what }))
}
