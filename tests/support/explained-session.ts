import type { SqlValue, WriteSession } from '#electron/store/sqlite/connection.ts'

export interface ExplainedSession extends WriteSession {
  /** Returns SQLite's plans since the last call, a line for each step. */
  steps(): string[]
}

/** Returns a session that asks SQLite for the plan of each statement before it runs it. */
export function explained(session: WriteSession): ExplainedSession {
  let seen: string[] = []
  async function explain(sql: string, values: readonly SqlValue[] = []): Promise<void> {
    const steps = await session.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values)
    seen.push(...steps.map((step) => step.detail))
  }
  return {
    async all(sql, values) {
      await explain(sql, values)
      return session.all(sql, values)
    },
    async first(sql, values) {
      await explain(sql, values)
      return session.first(sql, values)
    },
    async run(sql, values) {
      await explain(sql, values)
      return session.run(sql, values)
    },
    async exec(sql) {
      for (const statement of sql.split(';\n')) if (statement !== '') await explain(statement)
      return session.exec(sql)
    },
    steps() {
      const steps = seen
      seen = []
      return steps
    },
  }
}
