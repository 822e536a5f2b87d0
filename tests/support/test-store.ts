import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Sequelize } from 'sequelize'
import { onTestFinished } from 'vitest'
import { defineModels } from '#electron/store/models/models.ts'
import { readOperations } from '#electron/store/read-operations.ts'
import {
  type OwnedSession,
  openSession,
  type ReadSession,
  type SqlValue,
  sqliteDriver,
} from '#electron/store/sqlite/connection.ts'
import { openStore, type Store } from '#electron/store/store.ts'
import { removeFolder } from './remove-folder.ts'

/** A store, with a separate connection on which a test reads and changes rows directly. */
export interface TestStore extends Store {
  readonly sql: OwnedSession
}

/** Opens an empty store; it is deleted when the test ends. Every test of the ports gets its store here. */
export async function openTestStore(now: () => number = () => Date.now()): Promise<TestStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-store-'))
  onTestFinished(() => removeFolder(dataDir))
  return openTestStoreIn(dataDir, now)
}

/** Opens the store of a data directory; it is closed when the test ends, if not before. */
export async function openTestStoreIn(...options: Parameters<typeof openStore>): Promise<TestStore> {
  const store = await openStore(...options)
  const sql = await openSession(store.host.file)
  let closing: Promise<void> | undefined
  const close = () => (closing ??= sql.close().then(store.close))
  onTestFinished(close)
  return { ...store, sql, close }
}

export interface QueryPlan {
  readonly sql: string
  readonly steps: readonly string[]
}

/** The reads of a SQLite store, with the plan of every query that they make. */
export function watchedReads(store: TestStore) {
  const asked: { sql: string; values: readonly SqlValue[] }[] = []
  const { file } = store.host
  const watched: ReadSession = {
    all: (text, values = []) => {
      asked.push({ sql: text, values })
      return store.sql.all(text, values)
    },
    first: (text, values = []) => {
      asked.push({ sql: text, values })
      return store.sql.first(text, values)
    },
  }
  const sequelize = new Sequelize({ dialect: 'sqlite', dialectModule: sqliteDriver, storage: file, logging: false })
  onTestFinished(() => sequelize.close())
  return {
    reads: readOperations({ models: defineModels(sequelize), sql: watched, transaction: null }, file),
    /** Returns the plans of the queries since the last call: their steps as EXPLAIN QUERY PLAN words them. */
    async plans(): Promise<QueryPlan[]> {
      const plans: QueryPlan[] = []
      for (const { sql: text, values } of asked.splice(0)) {
        const steps = await store.sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, values)
        plans.push({ sql: text, steps: steps.map((step) => step.detail) })
      }
      return plans
    },
  }
}
