import { openSession } from '../sqlite/connection.ts'
import type { Reading } from '../store.ts'
import { findClientsByPhone, type KnownClient } from './client-import.ts'

/** The directory as an import would leave it, beside the directory itself. */
export interface Rehearsal {
  /** Those of these phones that the directory would have by now. */
  known(phones: readonly string[]): Promise<KnownClient[]>
  /** Takes what clients would be from now on. */
  keep(clients: readonly KnownClient[]): Promise<void>
  close(): Promise<void>
}

/** Opens a rehearsal on a file without a name, which SQLite gives back to the system however the program ends. */
export async function openRehearsal({ sql }: Pick<Reading, 'sql'>): Promise<Rehearsal> {
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
