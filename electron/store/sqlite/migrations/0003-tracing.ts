import type { Migration } from './migration.ts'

/**
 * Every request has a row, with its effect on the message and whether it used up an attempt. Other events of
 * deliveries, messages and clients are in `activity`. A result that is withdrawn, such as by a retry of a failed
 * message, is subtracted at the time of the withdrawal, so that the timeline still adds up.
 */
export const tracing: Migration = {
  name: '0003-tracing',
  sql: `
    DROP INDEX attempts_message;
    ALTER TABLE attempts RENAME TO attempts_before;
    CREATE TABLE attempts (
      id INTEGER PRIMARY KEY,
      messageId INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
      startedAt INTEGER NOT NULL,
      durationMs INTEGER NOT NULL,
      httpStatus INTEGER,
      -- 0: a failure of the gateway's own, which used up none of the message's attempts.
      counted INTEGER NOT NULL,
      -- What the message was after it; null where that was not written down.
      status TEXT,
      -- Null: the gateway accepted the message.
      errorCode TEXT,
      -- The gateway's own words, where they say more than the status.
      detail TEXT NOT NULL
    ) STRICT;
    INSERT INTO attempts (id, messageId, startedAt, durationMs, httpStatus, counted, errorCode, detail)
      SELECT id, messageId, startedAt, durationMs, httpStatus, errorCode <> 'unauthorized', errorCode, errorDetail FROM attempts_before ORDER BY id;
    DROP TABLE attempts_before;
    CREATE INDEX attempts_message ON attempts (messageId);

    ALTER TABLE delivery_timeline ADD COLUMN retried INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE activity (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      deliveryId INTEGER,
      messageId INTEGER,
      clientId INTEGER,
      -- A JSON object: status, was, by, why and whatever else there is to say.
      facts TEXT NOT NULL
    ) STRICT;
    -- A delivery's own story; what is said of its messages one by one is found by them.
    CREATE INDEX activity_delivery ON activity (deliveryId, id) WHERE messageId IS NULL;
    CREATE INDEX activity_message ON activity (messageId, id) WHERE messageId IS NOT NULL;
    CREATE INDEX activity_client ON activity (clientId, id) WHERE clientId IS NOT NULL;
  `,
}
