// Frozen once shipped: a change to the tables is the next migration.
import type { Database } from 'better-sqlite3';

/** Projects, models, runs with metrics, logs and checkpoints, evaluations, artifacts, exports. */
export function createEntities(database: Database): void {
  database.exec(`
    CREATE TABLE projects (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      environmentId TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      deletedAt INTEGER
    ) STRICT;

    CREATE TABLE artifacts (
      hash TEXT NOT NULL PRIMARY KEY,
      size INTEGER NOT NULL,
      kind TEXT NOT NULL,
      createdAt INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE runs (
      id TEXT NOT NULL PRIMARY KEY,
      projectId TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      status TEXT NOT NULL,
      recipe TEXT NOT NULL CHECK (json_valid(recipe)),
      seed INTEGER NOT NULL,
      versions TEXT NOT NULL CHECK (json_valid(versions)),
      problem TEXT CHECK (json_valid(problem)),
      hostId TEXT NOT NULL,
      createdAt INTEGER NOT NULL,
      startedAt INTEGER,
      endedAt INTEGER
    ) STRICT;
    CREATE INDEX runsOfProject ON runs (projectId);
    CREATE INDEX runsByStatus ON runs (status);

    CREATE TABLE models (
      id TEXT NOT NULL PRIMARY KEY,
      projectId TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      parentId TEXT,
      runId TEXT REFERENCES runs (id),
      description TEXT NOT NULL CHECK (json_valid(description)),
      counts TEXT NOT NULL CHECK (json_valid(counts)),
      artifactHash TEXT NOT NULL REFERENCES artifacts (hash),
      source TEXT CHECK (json_valid(source)),
      createdAt INTEGER NOT NULL,
      deletedAt INTEGER,
      UNIQUE (projectId, id),
      FOREIGN KEY (projectId, parentId) REFERENCES models (projectId, id)
    ) STRICT;
    CREATE INDEX childrenOfModel ON models (projectId, parentId);
    CREATE INDEX modelsOfRun ON models (runId);
    CREATE INDEX modelsOfArtifact ON models (artifactHash);
    CREATE TRIGGER modelsNeverChange
      BEFORE UPDATE OF id, projectId, parentId, runId, description, counts, artifactHash, source, createdAt ON models
    BEGIN
      SELECT RAISE(ABORT, 'a model never changes');
    END;

    -- A run's metrics by name; the short integer keeps points small and a series one contiguous range.
    CREATE TABLE metricSeries (
      series INTEGER PRIMARY KEY,
      runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      UNIQUE (runId, name)
    ) STRICT;
    CREATE TABLE metricPoints (
      series INTEGER NOT NULL REFERENCES metricSeries (series) ON DELETE CASCADE,
      sequence INTEGER NOT NULL,
      step INTEGER NOT NULL,
      value REAL,
      PRIMARY KEY (series, sequence)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE logLines (
      runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL,
      at INTEGER NOT NULL,
      level TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (runId, sequence)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE checkpoints (
      runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      artifactHash TEXT NOT NULL REFERENCES artifacts (hash),
      createdAt INTEGER NOT NULL,
      PRIMARY KEY (runId, step)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX checkpointsOfArtifact ON checkpoints (artifactHash);

    CREATE TABLE evaluations (
      id TEXT NOT NULL PRIMARY KEY,
      modelId TEXT NOT NULL REFERENCES models (id) ON DELETE CASCADE,
      runId TEXT REFERENCES runs (id),
      seeds TEXT NOT NULL CHECK (json_valid(seeds)),
      purpose TEXT NOT NULL,
      report TEXT NOT NULL CHECK (json_valid(report)),
      createdAt INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX evaluationsOfModel ON evaluations (modelId);
    CREATE INDEX evaluationsOfRun ON evaluations (runId);

    CREATE TABLE exports (
      id TEXT NOT NULL PRIMARY KEY,
      modelId TEXT NOT NULL REFERENCES models (id) ON DELETE CASCADE,
      folder TEXT NOT NULL,
      formats TEXT NOT NULL CHECK (json_valid(formats)),
      manifest TEXT NOT NULL CHECK (json_valid(manifest)),
      createdAt INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX exportsOfModel ON exports (modelId);
  `);
}
