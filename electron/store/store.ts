import { join } from 'node:path'
import { Sequelize, Transaction } from 'sequelize'
import type sqlite3 from 'sqlite3'
import { createSerialQueue } from '../base/serial-queue.ts'
import type { ActivityEvent } from '../base/trace-line.ts'
import { activityStatements } from './journal/activity.ts'
import { defineModels, type Models } from './models/models.ts'
import { type ReadSession, sessionOn, sqliteDriver, type WriteSession } from './sqlite/connection.ts'
import { migrate } from './sqlite/migrate.ts'

/** What a read may touch. */
export interface Reading {
  readonly models: Models
  readonly sql: ReadSession
}

/** What a change may touch: hand `transaction` to every model call, `sql` runs inside it already. */
export interface Writing extends Reading {
  readonly sql: WriteSession
  readonly transaction: Transaction
  /** Says what happens in this change: it is kept with it, and told to the log once all of it is on disk. */
  note(...events: readonly ActivityEvent[]): void
}

export interface Store {
  readonly file: string
  readonly read: Reading
  /** Makes a change, one at a time, in a transaction that takes the write lock at its beginning. Any error undoes all of it. */
  write<Result>(work: (writing: Writing) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** The store's file in a data directory. */
export function storeFile(dataDir: string): string {
  return join(dataDir, 'herald.db')
}

/**
 * Opens or creates the store and brings its schema up to date. What its changes note goes to `tell` once they are on disk.
 * Throws `StoreTooNewError`.
 */
export async function openStore(
  dataDir: string,
  now: () => number,
  tell: (events: readonly ActivityEvent[]) => void = () => undefined,
): Promise<Store> {
  const file = storeFile(dataDir)
  await migrate(dataDir, file, now)
  const sequelize = new Sequelize({
    dialect: 'sqlite',
    dialectModule: sqliteDriver,
    storage: file,
    logging: false,
    transactionType: Transaction.TYPES.IMMEDIATE,
  })
  const { connectionManager } = sequelize
  // Sequelize would keep the connection of a transaction that could not begin open for ever: it asks a pool that SQLite's are not in.
  Object.assign(connectionManager, {
    destroyConnection: async (connection: sqlite3.Database) => connectionManager.releaseConnection(connection),
  })
  const models = defineModels(sequelize)
  const connection = (await connectionManager.getConnection({ type: 'read' })) as sqlite3.Database
  // SQLite has one writer, and waiters must not hold threads.
  const queue = createSerialQueue()
  return {
    file,
    read: { models, sql: sessionOn(connection) },
    write: (work) =>
      queue.run(async () => {
        const noted: ActivityEvent[] = []
        const note = (...events: readonly ActivityEvent[]): void => void noted.push(...events)
        const transaction = await sequelize.transaction()
        // Sequelize keeps the transaction's own connection on it, but does not say so in its types.
        const { connection: own } = transaction as unknown as { connection: sqlite3.Database }
        const sql = sessionOn(own)
        // It is ended here: where the disk has no room, Sequelize would tell the console of each change, and keep its connection open.
        try {
          const result = await work({ models, sql, transaction, note })
          await sql.exec([...activityStatements(noted, now()), 'COMMIT'].join(';\n'))
          if (noted.length > 0) tell(noted)
          return result
        } catch (error) {
          // The connection may have rolled back by itself (a full disk does that); the first error is the one to tell.
          await sql.exec('ROLLBACK').catch(() => undefined)
          throw error
        } finally {
          connectionManager.releaseConnection(own)
        }
      }),
    close: async () => {
      await queue.idle()
      // Closes its connections, the one for reading among them.
      await sequelize.close()
    },
  }
}
