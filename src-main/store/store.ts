// The store of one folder: the database and the artifact files, opened together. Several processes may have it open.
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { Analyses } from './analyses.ts';
import { Artifacts } from './artifacts.ts';
import { backUpDatabase } from './backup.ts';
import { Checkpoints } from './checkpoints.ts';
import { Connection } from './connection.ts';
import { Evaluations } from './evaluations.ts';
import { Exports } from './exports.ts';
import { lockHost, removeDeadHosts, type HostLock } from './host-lock.ts';
import { Logs } from './logs.ts';
import { Metrics } from './metrics.ts';
import { migrations } from './migrations/migrations.ts';
import { Models } from './models.ts';
import { openDatabase } from './open-database.ts';
import { Outcomes } from './outcomes.ts';
import { ProjectCards } from './project-cards.ts';
import { Projects } from './projects.ts';
import { Runs } from './runs.ts';
import { SettingsTable } from './settings.ts';
import type { Sources } from './sources.ts';
import { sweepTemporaries } from './sweep-temporaries.ts';
import { Trials } from './trials.ts';

/** A temporary file that nobody touched for so long is left over, not in progress. */
const LEFT_OVER_AFTER_MS = 60 * 60 * 1000;

export interface OpenStore extends Sources {
  /** Made where it does not exist. */
  readonly folder: string;
}

export class Store {
  readonly folder: string;
  readonly projects: Projects;
  readonly projectCards: ProjectCards;
  readonly models: Models;
  readonly runs: Runs;
  readonly metrics: Metrics;
  readonly logs: Logs;
  readonly checkpoints: Checkpoints;
  readonly evaluations: Evaluations;
  readonly artifacts: Artifacts;
  readonly exports: Exports;
  readonly outcomes: Outcomes;
  readonly trials: Trials;
  readonly analyses: Analyses;
  readonly settings: SettingsTable;
  readonly #database: Database.Database;
  readonly #connection: Connection;
  readonly #host: HostLock;
  readonly #sources: Sources;

  /** Use `openStore`. */
  constructor(database: Database.Database, { folder, clock, ids }: OpenStore) {
    const sources = { clock, ids };
    const connection = new Connection(database);
    this.folder = folder;
    this.#database = database;
    this.#connection = connection;
    this.#sources = sources;
    this.projects = new Projects(connection, sources);
    this.projectCards = new ProjectCards(connection);
    this.models = new Models(connection, sources);
    this.metrics = new Metrics(connection);
    this.logs = new Logs(connection);
    this.checkpoints = new Checkpoints(connection, sources);
    this.evaluations = new Evaluations(connection, sources);
    this.artifacts = new Artifacts(connection, sources, join(folder, 'artifacts'));
    this.exports = new Exports(connection, sources);
    this.outcomes = new Outcomes(connection);
    this.trials = new Trials(connection);
    this.analyses = new Analyses(connection, sources);
    this.settings = new SettingsTable(connection);
    const hostId = ids();
    this.runs = new Runs(connection, sources, hostId);
    this.#host = connection.transaction(() => {
      const host = lockHost(folder, hostId);
      this.runs.interruptAllBut(removeDeadHosts(folder));
      return host;
    });
  }

  get sqliteVersion(): string {
    return this.#database.prepare<[], string>('SELECT sqlite_version()').pluck().get()!;
  }

  /** Several writes as one: all or nothing. */
  transaction<T>(work: () => T): T {
    return this.#connection.transaction(work);
  }

  /** Copies the database into `backups/`; the newest few copies are kept. Returns the path. */
  async backUp(): Promise<string> {
    return backUpDatabase({
      database: this.#database,
      storeFolder: this.folder,
      version: migrations.length,
      now: this.#sources.clock(),
    });
  }

  /** Runs that are still going on in this process become interrupted. */
  close(): void {
    try {
      this.#connection.transaction(() => {
        const living = removeDeadHosts(this.folder);
        this.runs.interruptAllBut(new Set([...living].filter((id) => id !== this.#host.hostId)));
        this.#host.release();
      });
    } finally {
      this.#database.close();
    }
  }
}

/**
 * Opens the store, brings its database up to date, marks the runs of processes that are gone as interrupted, and
 * removes what interrupted writes left.
 * @throws the errors of `openDatabase`
 */
export async function openStore({ folder, clock, ids }: OpenStore): Promise<Store> {
  const database = await openDatabase({ storeFolder: folder, migrations, now: clock() });
  let store: Store;
  try {
    store = new Store(database, { folder, clock, ids });
  } catch (error) {
    database.close();
    throw error;
  }
  const before = clock() - LEFT_OVER_AFTER_MS;
  await sweepTemporaries({ folder: join(folder, 'backups'), before });
  await sweepTemporaries({ folder, before });
  await store.artifacts.sweepTemporaries(before);
  return store;
}
