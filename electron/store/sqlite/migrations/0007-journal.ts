import type { Migration } from './migration.ts'

/** An index of the users' actions: the program's own events are far more. */
export const journal: Migration = {
  name: '0007-journal',
  sql: `CREATE INDEX activity_journal ON activity (id) WHERE messageId IS NULL AND facts ->> 'by' IS NOT NULL;`,
}
