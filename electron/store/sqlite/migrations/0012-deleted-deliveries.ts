import type { Migration } from './migration.ts'

/**
 * Deliveries that are deleted and whose messages are not yet all gone. Nothing shows these messages. The messages still
 * to be deleted lie between the two ids; messages of other deliveries may lie there too.
 */
export const deletedDeliveries: Migration = {
  name: '0012-deleted-deliveries',
  sql: `
    CREATE TABLE deleted_deliveries (
      id INTEGER PRIMARY KEY,
      nextMessageId INTEGER NOT NULL,
      lastMessageId INTEGER NOT NULL
    ) STRICT;
  `,
}
