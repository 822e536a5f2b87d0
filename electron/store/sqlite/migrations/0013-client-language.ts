import type { Migration } from './migration.ts'

/** The language of a client; empty for none. Clients without a language cost nothing beyond the column. */
export const clientLanguage: Migration = {
  name: '0013-client-language',
  sql: `
    ALTER TABLE clients ADD COLUMN language TEXT NOT NULL DEFAULT '';
    ALTER TABLE import_changed ADD COLUMN language TEXT NOT NULL DEFAULT '';
    CREATE INDEX clients_language ON clients (language, id) WHERE language <> '';
    DROP INDEX clients_facets;
    CREATE INDEX clients_facets ON clients (id, operatorCode, timeZone, optedOutAt, language);

    CREATE TRIGGER language_added AFTER INSERT ON clients WHEN NEW.language <> '' BEGIN
      INSERT INTO client_counts VALUES ('language', NEW.language, 1)
        ON CONFLICT DO UPDATE SET clients = clients + 1;
    END;
    CREATE TRIGGER language_removed AFTER DELETE ON clients WHEN OLD.language <> '' BEGIN
      UPDATE client_counts SET clients = clients - 1 WHERE kind = 'language' AND value = OLD.language;
    END;
    CREATE TRIGGER language_changed AFTER UPDATE OF language ON clients WHEN NEW.language <> OLD.language BEGIN
      UPDATE client_counts SET clients = clients - 1 WHERE kind = 'language' AND value = OLD.language;
      INSERT INTO client_counts SELECT 'language', NEW.language, 1 WHERE NEW.language <> ''
        ON CONFLICT DO UPDATE SET clients = clients + 1;
    END;
  `,
}
