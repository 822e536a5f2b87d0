import type { LastError, Message } from '#shared/contract/messages.ts'
import { templateErrorOf } from '#shared/domain/liquid-errors.ts'
import type { ErrorCode, MessageStatus } from '#shared/domain/states.ts'
import { sentError } from '#shared/errors/app-error.ts'
import { toInstant } from '../../base/clock.ts'

/** A row of `messages` as SQLite gives it out. */
export interface StoredMessage {
  readonly id: number
  readonly deliveryId: number
  readonly clientId: number | null
  readonly phone: string
  readonly status: MessageStatus
  readonly attempts: number
  readonly nextAttemptAt: number | null
  readonly errorCode: ErrorCode | null
  readonly errorDetail: string | null
  readonly createdAt: number
  readonly sentAt: number | null
}

export const messageColumns =
  'id, deliveryId, clientId, phone, status, attempts, nextAttemptAt, errorCode, errorDetail, createdAt, sentAt'

/** A stored message in the contract's form. */
export function messageOf({ errorCode, errorDetail, ...row }: StoredMessage): Message {
  return {
    ...row,
    nextAttemptAt: toInstant(row.nextAttemptAt),
    lastError: errorCode === null ? null : lastErrorOf(errorCode, errorDetail ?? ''),
    createdAt: toInstant(row.createdAt),
    sentAt: toInstant(row.sentAt),
  }
}

/** A stored error in the contract's form: where a text could not be rendered, with what its detail means. */
export function lastErrorOf(code: ErrorCode, detail: string): LastError {
  if (code !== 'template' || detail === '') return { code, detail }
  return { code, detail, reason: sentError(templateErrorOf(detail)) }
}
