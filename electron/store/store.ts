import { Sequelize, Transaction } from 'sequelize'
import type sqlite3 from 'sqlite3'
import { createSerialQueue } from '../base/serial-queue.ts'
import type { ActivityEvent } from '../base/trace-line.ts'
import { activityStatements } from './journal/activity.ts'
import { defineModels } from './models/models.ts'
import type { StoreHost } from './ports/store-host.ts'
import { readOperations, type StoreReads } from './read-operations.ts'
import { sessionOn, sqliteDriver } from './sqlite/connection.ts'
import { migrate } from './sqlite/migrate.ts'
import { storeHost } from './sqlite/store-host.ts'
import { type StoreWrites, writeOperations } from './write-operations.ts'

export type { StoreReads, StoreWrites }

/** The program's store. Nothing outside this folder sees SQL, sessions or models. */
export interface Store {
  readonly read: StoreReads
  /** Runs `work` in one transaction, one at a time; every operation in it commits together, and any error undoes all of it. */
  write<Result>(work: (writes: StoreWrites) => Promise<Result>): Promise<Result>
  readonly host: StoreHost
  close(): Promise<void>
}

/** Returns the store of a data directory as a file, which may be damaged, missing or in use. */
export function storeHostOf(dataDir: string): StoreHost {
  return storeHost(dataDir)
}

/**
 * Opens or creates the store and brings its schema up to date. `onEvents` receives the recorded events of each
 * transaction once they are on disk. Throws `StoreTooNewError`.
 *
 * Sequelize opens the connections: one for reading, and one for each transaction, which `PragmaDatabase` sets up. Models
 * take the transaction; SQL runs on the connection that Sequelize keeps on it. BEGIN is Sequelize's. COMMIT and ROLLBACK
 * are ours, because recorded events travel with the COMMIT, and because Sequelize leaves the connection open when
 * either fails on a full disk.
 */
export async function openStore(
  dataDir: string,
  now: () => number,
  onEvents: (events: readonly ActivityEvent[]) => void = () => undefined,
): Promise<Store> {
  const host = storeHost(dataDir)
  const { file } = host
  await migrate(dataDir, file, now)
  const { sequelize, release } = connect(file)
  const models = defineModels(sequelize)
  const connection = (await sequelize.connectionManager.getConnection({ type: 'read' })) as sqlite3.Database
  // SQLite has one writer, and waiting writers must not block threads of the driver.
  const queue = createSerialQueue()
  return {
    read: readOperations({ models, sql: sessionOn(connection), transaction: null }, file),
    write: (work) =>
      queue.run(async () => {
        const events: ActivityEvent[] = []
        const record = (...more: readonly ActivityEvent[]): void => void events.push(...more)
        const transaction = await sequelize.transaction()
        // Sequelize keeps the transaction's connection on it, but its types do not say so.
        const { connection: own } = transaction as unknown as { connection: sqlite3.Database }
        const sql = sessionOn(own)
        try {
          const result = await work(writeOperations({ models, sql, transaction, record }, file))
          await sql.exec([...activityStatements(events, now()), 'COMMIT'].join(';\n'))
          if (events.length > 0) onEvents(events)
          return result
        } catch (error) {
          // SQLite may have rolled back already (on a full disk, for example); the first error is the one to report.
          await sql.exec('ROLLBACK').catch(() => undefined)
          throw error
        } finally {
          release(own)
        }
      }),
    host,
    async close() {
      await queue.idle()
      // Closes all of its connections.
      await sequelize.close()
    },
  }
}

function connect(file: string): {
  readonly sequelize: Sequelize
  readonly release: (connection: sqlite3.Database) => void
} {
  const sequelize = new Sequelize({
    dialect: 'sqlite',
    dialectModule: sqliteDriver,
    storage: file,
    logging: false,
    transactionType: Transaction.TYPES.IMMEDIATE,
  })
  const { connectionManager } = sequelize
  const release = (connection: sqlite3.Database): void => connectionManager.releaseConnection(connection)
  // Sequelize would never close the connection of a transaction that could not begin: it looks for it in a pool.
  Object.assign(connectionManager, { destroyConnection: async (connection: sqlite3.Database) => release(connection) })
  return { sequelize, release }
}
