import type { MessageStatus } from '#shared/domain/states.ts'
import { fromInstant } from '../base/clock.ts'
import type { LastAttempt } from '../store/ports/messages.ts'
import type { StoreReads } from '../store/store.ts'
import { type ExportColumn, type ExportTable, maxPageRows, type Translate } from './table.ts'

const columns: readonly ExportColumn[] = [
  { key: 'id', kind: 'number', width: 10 },
  { key: 'phone', kind: 'text', width: 14 },
  { key: 'status', kind: 'text', width: 14 },
  { key: 'attempts', kind: 'number', width: 10 },
  { key: 'sentAt', kind: 'instant' },
  { key: 'nextAttemptAt', kind: 'instant' },
  { key: 'error', kind: 'text', width: 22 },
  { key: 'errorDetail', kind: 'text', width: 40 },
  { key: 'lastAttemptAt', kind: 'instant' },
  { key: 'lastHttpStatus', kind: 'number', width: 10 },
  { key: 'lastDurationMs', kind: 'number', width: 10 },
  { key: 'createdAt', kind: 'instant' },
  { key: 'clientId', kind: 'number', width: 10 },
]

/** Returns the table of a delivery's messages with their last attempts. Throws `NotFoundError`. */
export async function messagesTable(
  { deliveries, messages }: StoreReads,
  deliveryId: number,
  status: MessageStatus | undefined,
  translate: Translate,
): Promise<ExportTable> {
  await deliveries.get(deliveryId)
  const query = { deliveryId, status }
  const { count } = await messages.list({ ...query, limit: 1 })
  return {
    columns,
    total: count,
    async *pages() {
      let cursor: string | undefined
      do {
        const page = await messages.list({ ...query, cursor, limit: maxPageRows })
        const ids = page.items.map(({ id }) => id)
        const attempts = new Map((await messages.lastAttempts(ids)).map((row) => [row.messageId, row]))
        yield page.items.map((message) => {
          const last: LastAttempt | undefined = attempts.get(message.id)
          return [
            message.id,
            message.phone,
            translate('status', message.status),
            message.attempts,
            at(message.sentAt),
            at(message.nextAttemptAt),
            message.lastError === null ? null : translate('error', message.lastError.code),
            message.lastError?.detail ?? null,
            last?.startedAt ?? null,
            last?.httpStatus ?? null,
            last?.durationMs ?? null,
            fromInstant(message.createdAt),
            message.clientId,
          ]
        })
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
    },
  }
}

function at(instant: string | null): number | null {
  return instant === null ? null : fromInstant(instant)
}
