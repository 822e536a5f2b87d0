import type { Migration } from './migration.ts'

/**
 * Phones that nothing is sent to, whether the directory has them or not. A client's `optedOutAt` follows the list:
 * it is set exactly for clients whose phone is listed here.
 */
export const doNotContact: Migration = {
  name: '0002-do-not-contact',
  sql: `
    CREATE TABLE do_not_contact (
      phone TEXT PRIMARY KEY,
      addedAt INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- The list as it is shown: the newest first.
    CREATE INDEX do_not_contact_added ON do_not_contact (addedAt, phone);
    INSERT INTO do_not_contact (phone, addedAt) SELECT phone, optedOutAt FROM clients WHERE optedOutAt IS NOT NULL;
  `,
}
