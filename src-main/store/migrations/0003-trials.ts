// Frozen once shipped: a change to the tables is the next migration.
import type { Database } from 'better-sqlite3';

/** What searches have tried, so that one that was interrupted does not try it again. */
export function addTrials(database: Database): void {
  database.exec(`
    CREATE TABLE trials (
      runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      rung INTEGER NOT NULL,
      number INTEGER NOT NULL,
      trial TEXT NOT NULL CHECK (json_valid(trial)),
      PRIMARY KEY (runId, rung, number)
    ) STRICT, WITHOUT ROWID;
  `);
}
