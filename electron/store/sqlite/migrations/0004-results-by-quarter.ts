import type { Migration } from './migration.ts'

/**
 * The results of all deliveries together, per quarter of an hour: in every time zone a day begins with one. Triggers
 * update them in the transaction of the change, so that no writer of the timeline can forget them.
 */
export const resultsByQuarter: Migration = {
  name: '0004-results-by-quarter',
  sql: `
    CREATE TABLE results_by_quarter (
      at INTEGER PRIMARY KEY,
      sent INTEGER NOT NULL,
      failed INTEGER NOT NULL
    ) STRICT;
    INSERT INTO results_by_quarter (at, sent, failed)
      SELECT at - at % 900000, sum(sent), sum(failed) FROM delivery_timeline GROUP BY 1;

    CREATE TRIGGER timeline_added AFTER INSERT ON delivery_timeline BEGIN
      INSERT INTO results_by_quarter (at, sent, failed) VALUES (NEW.at - NEW.at % 900000, NEW.sent, NEW.failed)
        ON CONFLICT (at) DO UPDATE SET sent = sent + excluded.sent, failed = failed + excluded.failed;
    END;
    CREATE TRIGGER timeline_changed AFTER UPDATE OF sent, failed ON delivery_timeline BEGIN
      UPDATE results_by_quarter SET sent = sent + NEW.sent - OLD.sent, failed = failed + NEW.failed - OLD.failed
        WHERE at = NEW.at - NEW.at % 900000;
    END;
    CREATE TRIGGER timeline_removed AFTER DELETE ON delivery_timeline BEGIN
      UPDATE results_by_quarter SET sent = sent - OLD.sent, failed = failed - OLD.failed
        WHERE at = OLD.at - OLD.at % 900000;
    END;
  `,
}
