import type { Migration } from './migration.ts'

/** What a bulk change really changed, so that exactly that can be undone. */
export const bulkChanges: Migration = {
  name: '0006-bulk-changes',
  sql: `
    CREATE TABLE bulk_changes (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    -- The tag that was given or taken, or the moment of the opting out that was made or taken back.
    CREATE TABLE bulk_change_rows (
      changeId INTEGER NOT NULL REFERENCES bulk_changes (id) ON DELETE CASCADE,
      clientId INTEGER NOT NULL,
      value INTEGER NOT NULL,
      PRIMARY KEY (changeId, clientId, value)
    ) STRICT, WITHOUT ROWID;
  `,
}
