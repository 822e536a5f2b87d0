import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ReadSession, SqlValue } from '#electron/store/sqlite/connection.ts'
import { openStore, type Store } from '#electron/store/store.ts'
import { removeFolder } from './remove-folder.ts'

/** A store on a real file in a folder of its own; both go when the test ends. */
export async function temporaryStore(now: () => number = () => Date.now()): Promise<Store> {
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-store-'))
  const store = await openStore(dataDir, now)
  onTestFinished(async () => {
    await store.close()
    await removeFolder(dataDir)
  })
  return store
}

export interface QueryPlan {
  readonly sql: string
  readonly steps: readonly string[]
}

/** A reading of the store that remembers how SQLite went about every query. */
export function watchedReading(store: Store) {
  const asked: { sql: string; values: readonly SqlValue[] }[] = []
  const { sql } = store.read
  const watched: ReadSession = {
    ...sql,
    all: (text, values = []) => {
      asked.push({ sql: text, values })
      return sql.all(text, values)
    },
    first: (text, values = []) => {
      asked.push({ sql: text, values })
      return sql.first(text, values)
    },
  }
  return {
    reading: { ...store.read, sql: watched },
    /** How every query since the last time was gone about: its steps as EXPLAIN QUERY PLAN words them. */
    async plans(): Promise<QueryPlan[]> {
      const plans: QueryPlan[] = []
      for (const { sql: text, values } of asked.splice(0)) {
        const steps = await sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, values)
        plans.push({ sql: text, steps: steps.map((step) => step.detail) })
      }
      return plans
    },
  }
}
