import type { Transaction } from 'sequelize'
import type { ActivityEvent } from '../base/trace-line.ts'
import type { Models } from './models/models.ts'
import type { ReadSession, WriteSession } from './sqlite/connection.ts'

/** What the store's own functions read through. Model calls take `transaction`; `sql` is inside it already. */
export interface ReadContext {
  readonly models: Models
  readonly sql: ReadSession
  /** Null outside a transaction. */
  readonly transaction: Transaction | null
}

/** What the store's own functions write through, inside one transaction. */
export interface WriteContext extends ReadContext {
  readonly sql: WriteSession
  readonly transaction: Transaction
  /** Records what happens: it is stored in the same transaction, and logged once that is on disk. */
  record(...events: readonly ActivityEvent[]): void
}
