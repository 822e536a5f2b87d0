import type { Migration } from './migration.ts'

/** The changes of an unfinished import so far, so that all of them can be undone. */
export const importUndo: Migration = {
  name: '0009-import-undo',
  sql: `
    -- An import stands here until it is whole.
    CREATE TABLE imports (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL
    ) STRICT;
    -- One statement adds many clients under an unbroken range of ids.
    CREATE TABLE import_created (
      importId INTEGER NOT NULL,
      firstId INTEGER NOT NULL,
      lastId INTEGER NOT NULL,
      PRIMARY KEY (importId, firstId)
    ) STRICT, WITHOUT ROWID;
    -- Clients as they were; changedAt is the client's updatedAt after the change: one who has another was changed again since.
    CREATE TABLE import_changed (
      importId INTEGER NOT NULL,
      clientId INTEGER NOT NULL,
      changedAt INTEGER NOT NULL,
      operatorCode TEXT NOT NULL,
      timeZone TEXT NOT NULL,
      name TEXT NOT NULL,
      attributes TEXT NOT NULL,
      searchText TEXT NOT NULL,
      updatedAt INTEGER NOT NULL,
      tagIds TEXT NOT NULL,
      PRIMARY KEY (importId, clientId)
    ) STRICT, WITHOUT ROWID;
  `,
}
