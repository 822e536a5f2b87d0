import type { Migration } from './migration.ts'

/** What people did, found without what the program did by itself, of which there is far more. */
export const journal: Migration = {
  name: '0007-journal',
  sql: `CREATE INDEX activity_journal ON activity (id) WHERE messageId IS NULL AND facts ->> 'by' IS NOT NULL;`,
}
