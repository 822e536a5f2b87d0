import type { Migration } from './migration.ts'

/** Texts with a name, for reuse. */
export const templates: Migration = {
  name: '0010-templates',
  sql: `
    CREATE TABLE templates (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      text TEXT NOT NULL,
      updatedAt INTEGER NOT NULL
    ) STRICT;
  `,
}
