import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Umzug } from 'umzug'
import { StoreTooNewError } from '../open-errors.ts'
import { copyStore } from './backup-file.ts'
import { type OwnedSession, openSession } from './connection.ts'
import { migrations } from './migrations/list.ts'

/** Brings the store to the newest schema, after a backup. Each step and its log row are one transaction. Throws `StoreTooNewError`. */
export async function migrate(dataDir: string, file: string, now: () => number): Promise<void> {
  const isNew = !existsSync(file)
  // SQLite would make it readable for everybody; its side files take the same mode.
  if (isNew) await writeFile(file, '', { mode: 0o600 })
  const session = await openSession(file)
  try {
    await session.exec(
      'PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;',
    )
    await refuseNewer(session)
    const umzug = stepsFor(session, now)
    const pending = await umzug.pending()
    if (pending.length > 0 && !isNew) await copyStore(session, dataDir, 'before-migration', now())
    await umzug.up()
  } finally {
    await session.close()
  }
}

async function done(session: OwnedSession): Promise<string[]> {
  const rows = await session.all<{ name: string }>('SELECT name FROM migrations ORDER BY name')
  return rows.map((row) => row.name)
}

async function refuseNewer(session: OwnedSession): Promise<void> {
  const known = new Set(migrations.map((migration) => migration.name))
  const unknown = (await done(session)).filter((name) => !known.has(name))
  const newest = unknown.at(-1)
  if (newest !== undefined) throw new StoreTooNewError({ code: 'store_too_new', params: { migration: newest } })
}

function stepsFor(session: OwnedSession, now: () => number) {
  return new Umzug({
    migrations: migrations.map(({ name, sql }) => ({
      name,
      up: () =>
        session.transaction(async () => {
          await session.exec(sql)
          await session.run('INSERT INTO migrations (name, at) VALUES (?, ?)', [name, now()])
        }),
    })),
    storage: {
      executed: () => done(session),
      // The step's own transaction logs it.
      logMigration: async () => undefined,
      unlogMigration: async () => {
        throw new Error('migrations are not undone: restore the backup that was made before')
      },
    },
    logger: undefined,
  })
}
