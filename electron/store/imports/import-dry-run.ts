import type { ImportDryRun, KnownClient } from '../ports/imports.ts'
import { openSession, type ReadSession } from '../sqlite/connection.ts'
import { findClientsByPhone } from './client-import.ts'

/** Opens a dry run on a nameless SQLite file, which the system deletes however the program ends. */
export async function openImportDryRun(sql: ReadSession): Promise<ImportDryRun> {
  const session = await openSession('')
  await session.exec(
    'PRAGMA journal_mode = OFF; CREATE TABLE drafts (phone TEXT PRIMARY KEY, draft TEXT NOT NULL) STRICT, WITHOUT ROWID',
  )
  return {
    async known(phones) {
      const kept = await session.all<{ phone: string; draft: string }>(
        'SELECT d.phone, d.draft FROM json_each(?) given JOIN drafts d ON d.phone = given.value',
        [JSON.stringify(phones)],
      )
      const drafts = new Set(kept.map(({ phone }) => phone))
      const others = phones.filter((phone) => !drafts.has(phone))
      return [
        ...kept.map(({ draft }): KnownClient => JSON.parse(draft)),
        ...(others.length > 0 ? await findClientsByPhone(sql, others) : []),
      ]
    },
    async keep(clients) {
      if (clients.length === 0) return
      await session.run(
        `INSERT INTO drafts SELECT value ->> 'phone', value FROM json_each(?) WHERE true
         ON CONFLICT DO UPDATE SET draft = excluded.draft`,
        [JSON.stringify(clients)],
      )
    },
    close: session.close,
  }
}
