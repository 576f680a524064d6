// Runs and their states. A run belongs to the process that has it; when that one is gone, it is interrupted.
import { z } from 'zod';
import { type Run, type RunStatus } from '../contract/entity.ts';
import { SecateurError, type Problem } from '../contract/secateur-error.ts';
import type { Command, Connection, Query } from './connection.ts';
import { RecordNotFoundError } from './database-errors.ts';
import { insertInto, runRow } from './rows.ts';
import type { Sources } from './sources.ts';

/** Where a run can go from each state. */
const NEXT: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'failed', 'cancelled', 'interrupted'],
  running: ['finished', 'failed', 'cancelled', 'interrupted'],
  interrupted: ['running', 'cancelled'],
  finished: [],
  failed: [],
  cancelled: [],
};

export type RunEnd =
  | { readonly status: 'finished' | 'cancelled' | 'interrupted' }
  | { readonly status: 'failed'; readonly problem: Problem };

export class RunStateError extends SecateurError {
  readonly kind = 'refused';

  constructor(run: Run, next: RunStatus) {
    super(`run "${run.id}" is ${run.status} and cannot become ${next}`, 'Look at its state again; it has changed.');
  }
}

export class Runs {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #hostId: string;
  readonly #insert: Command;
  readonly #byId: Query<Run>;
  readonly #ofProject: Query<Run>;
  readonly #withStatus: Query<Run>;
  readonly #newest: Query<Run>;
  readonly #newestOfProject: Query<Run>;
  readonly #update: Command;

  constructor(connection: Connection, sources: Sources, hostId: string) {
    this.#connection = connection;
    this.#sources = sources;
    this.#hostId = hostId;
    this.#insert = connection.command(insertInto('runs', runRow));
    this.#byId = connection.query('SELECT * FROM runs WHERE id = ?', runRow);
    this.#ofProject = connection.query('SELECT * FROM runs WHERE projectId = ? ORDER BY id', runRow);
    this.#withStatus = connection.query('SELECT * FROM runs WHERE status = ? ORDER BY id', runRow);
    this.#newest = connection.query('SELECT * FROM runs ORDER BY id DESC LIMIT ?', runRow);
    this.#newestOfProject = connection.query('SELECT * FROM runs WHERE projectId = ? ORDER BY id DESC LIMIT ?', runRow);
    this.#update = connection.command(
      `UPDATE runs SET status = @status, problem = @problem, hostId = @hostId, startedAt = @startedAt, endedAt = @endedAt
       WHERE id = @id`,
    );
  }

  /** A new run, queued by this process. */
  create(run: Pick<Run, 'projectId' | 'kind' | 'recipe' | 'seed' | 'versions'>): Run {
    const { ids, clock } = this.#sources;
    const created: Run = {
      ...run,
      id: ids(),
      status: 'queued',
      problem: null,
      hostId: this.#hostId,
      createdAt: clock(),
      startedAt: null,
      endedAt: null,
    };
    this.#insert(z.encode(runRow, created));
    return created;
  }

  /** @throws RecordNotFoundError */
  get(id: string): Run {
    const run = this.#byId.get(id);
    if (run === undefined) throw new RecordNotFoundError('run', id);
    return run;
  }

  /** Oldest first. */
  list(projectId: string): Run[] {
    return this.#ofProject.all(projectId);
  }

  /** Newest first, of one project or of all. */
  newest({ projectId, limit }: { readonly projectId: string | null; readonly limit: number }): Run[] {
    return projectId === null ? this.#newest.all(limit) : this.#newestOfProject.all(projectId, limit);
  }

  /** Of all projects, oldest first. */
  withStatus(status: RunStatus): Run[] {
    return this.#withStatus.all(status);
  }

  /** Begins a queued run, or takes an interrupted one up again in this process. @throws RunStateError */
  start(id: string): Run {
    return this.#change(id, 'running', (run) => ({
      hostId: this.#hostId,
      startedAt: run.startedAt ?? this.#sources.clock(),
      endedAt: null,
      problem: null,
    }));
  }

  /** @throws RunStateError */
  end(id: string, end: RunEnd): Run {
    const problem = end.status === 'failed' ? end.problem : null;
    return this.#change(id, end.status, () => ({ problem, endedAt: this.#sources.clock() }));
  }

  /** Every queued or running run of a process that is gone becomes interrupted. */
  interruptAllBut(livingHosts: ReadonlySet<string>): void {
    for (const run of [...this.withStatus('queued'), ...this.withStatus('running')]) {
      if (!livingHosts.has(run.hostId)) this.end(run.id, { status: 'interrupted' });
    }
  }

  #change(id: string, status: RunStatus, changes: (run: Run) => Partial<Run>): Run {
    return this.#connection.transaction(() => {
      const run = this.get(id);
      if (!NEXT[run.status].includes(status)) throw new RunStateError(run, status);
      const changed = { ...run, ...changes(run), status };
      const { problem, hostId, startedAt, endedAt } = z.encode(runRow, changed);
      this.#update({ id, status, problem, hostId, startedAt, endedAt });
      return changed;
    });
  }
}
