import type { Migration } from './migration.ts'

/**
 * Instants are milliseconds since the epoch. The messages of a delivery are inserted by one statement, so their ids
 * are one unbroken range, kept on the delivery: lists and deletions by delivery need no index of their own.
 * Ids are never used again (AUTOINCREMENT), because the gateway may know them.
 */
export const firstStore: Migration = {
  name: '0001-first-store',
  sql: `
    CREATE TABLE clients (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      phone TEXT NOT NULL UNIQUE,
      operatorCode TEXT NOT NULL,
      timeZone TEXT NOT NULL,
      name TEXT NOT NULL DEFAULT '',
      attributes TEXT NOT NULL DEFAULT '{}',
      optedOutAt INTEGER,
      searchText TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX clients_name ON clients (name, id);

    CREATE TABLE tags (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE client_tags (
      clientId INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
      tagId INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
      PRIMARY KEY (clientId, tagId)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX client_tags_tag ON client_tags (tagId, clientId);

    CREATE TABLE deliveries (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      text TEXT NOT NULL,
      filter TEXT NOT NULL,
      startsAt INTEGER NOT NULL,
      endsAt INTEGER NOT NULL,
      windowFrom TEXT,
      windowTo TEXT,
      ratePerSecond INTEGER,
      status TEXT NOT NULL,
      firstMessageId INTEGER,
      lastMessageId INTEGER,
      createdAt INTEGER NOT NULL,
      updatedAt INTEGER NOT NULL,
      startedAt INTEGER,
      finishedAt INTEGER
    ) STRICT;
    CREATE INDEX deliveries_status ON deliveries (status, startsAt);

    CREATE TABLE delivery_counters (
      deliveryId INTEGER PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
      queued INTEGER NOT NULL DEFAULT 0,
      sending INTEGER NOT NULL DEFAULT 0,
      sent INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      expired INTEGER NOT NULL DEFAULT 0,
      cancelled INTEGER NOT NULL DEFAULT 0,
      uncertain INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE delivery_errors (
      deliveryId INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
      code TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (deliveryId, code)
    ) STRICT, WITHOUT ROWID;

    -- Final results per second.
    CREATE TABLE delivery_timeline (
      deliveryId INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      sent INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      PRIMARY KEY (deliveryId, at)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE messages (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      deliveryId INTEGER NOT NULL,
      clientId INTEGER REFERENCES clients (id) ON DELETE SET NULL,
      phone TEXT NOT NULL,
      status TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      nextAttemptAt INTEGER,
      errorCode TEXT,
      errorDetail TEXT,
      createdAt INTEGER NOT NULL,
      sentAt INTEGER
    ) STRICT;
    -- One message per client and delivery, and the history of a client.
    CREATE UNIQUE INDEX messages_client ON messages (clientId, deliveryId);
    -- The queue itself: it shrinks as the delivery goes out.
    CREATE INDEX messages_queue ON messages (deliveryId, nextAttemptAt, id) WHERE status = 'queued';
    -- The states that a list asks for and that are rare among millions.
    CREATE INDEX messages_unsent ON messages (deliveryId, status, id) WHERE status IN ('failed', 'expired', 'cancelled', 'uncertain');

    CREATE TABLE attempts (
      id INTEGER PRIMARY KEY,
      messageId INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      startedAt INTEGER NOT NULL,
      durationMs INTEGER NOT NULL,
      httpStatus INTEGER,
      errorCode TEXT NOT NULL,
      errorDetail TEXT NOT NULL
    ) STRICT;
    CREATE INDEX attempts_message ON attempts (messageId);

    CREATE TABLE settings (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
