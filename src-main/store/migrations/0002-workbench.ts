// Frozen once shipped: a change to the tables is the next migration.
import type { Database } from 'better-sqlite3';

/** What runs came to, what was computed about models, and what the person has set. */
export function addWorkbench(database: Database): void {
  database.exec(`
    CREATE TABLE outcomes (
      runId TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      outcome TEXT NOT NULL CHECK (json_valid(outcome))
    ) STRICT, WITHOUT ROWID;

    -- Computed from a model's bytes and the question alone, so it can be forgotten at any time.
    CREATE TABLE analyses (
      artifactHash TEXT NOT NULL REFERENCES artifacts (hash) ON DELETE CASCADE,
      question TEXT NOT NULL,
      answer TEXT NOT NULL CHECK (json_valid(answer)),
      createdAt INTEGER NOT NULL,
      PRIMARY KEY (artifactHash, question)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settings (
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX evaluationsOfModelByPurpose ON evaluations (modelId, purpose, id);
  `);
}
