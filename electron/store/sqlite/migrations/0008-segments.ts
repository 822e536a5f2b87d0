import type { Migration } from './migration.ts'

/** Filters with a name, for reuse. */
export const segments: Migration = {
  name: '0008-segments',
  sql: `
    CREATE TABLE segments (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      -- JSON, as a delivery has it.
      filter TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL
    ) STRICT;
  `,
}
