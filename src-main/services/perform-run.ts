// One run: its row in the store, its worker, and everything the worker says written down before it is passed on.
import type { Json, LogLevel, Run, RunKind } from '../contract/entity.ts';
import type { JobRequest, JobResult } from '../contract/job.ts';
import { toProblem } from '../contract/secateur-error.ts';
import type { JobEvent } from './job-host.ts';
import { RunLog } from './run-log/run-log.ts';
import type { RunControl } from './run-control.ts';
import type { Services, Watch } from './services.ts';

/** A run says a line now and then; this is beyond all of them. */
const MOST_LOG_LINES = 1_000_000;
/** So are its metrics. */
const MOST_METRICS = 1_000_000_000;

/** What is kept of a run from its beginning. */
export interface RunRow {
  readonly projectId: string;
  readonly kind: RunKind;
  readonly recipe: Json;
  readonly seed: number;
  readonly backend: string;
  /** An interrupted run that goes on, and the last metric that it goes on from; null for a new run. */
  readonly resumed?: { readonly run: Run; readonly sequence: number };
  /** Where what is measured is written as well, and under which name. */
  readonly log?: { readonly folder: string; readonly name: string };
}

export interface RunRequest<Kind extends RunKind & JobRequest['kind']> extends RunRow {
  readonly kind: Kind;
  readonly job: Extract<JobRequest, { kind: Kind }>;
}

/** What the work of a run is written down with. */
export interface Scribe {
  /** It computes. */
  readonly run: Run;
  readonly follow: (event: JobEvent) => void;
  readonly log: (level: LogLevel, text: string) => void;
  /** Resolves when every checkpoint that was followed is written. */
  readonly saved: () => Promise<void>;
}

/**
 * Has its row in the store from before its turn comes, and ends it as finished, failed or cancelled.
 * @param work stores what comes out: a run is not finished before that is safe
 * @returns what `work` returned
 * @throws what `work` threw, after the run was marked
 */
export async function withRun<T>(
  services: Services,
  row: RunRow,
  control: RunControl,
  watch: Watch,
  work: (scribe: Scribe) => Promise<T>,
): Promise<T> {
  const { store, clock, versions } = services;
  const { projectId, kind, recipe, seed, backend } = row;
  const { id } =
    row.resumed?.run ?? store.runs.create({ projectId, kind, recipe, seed, versions: { ...versions, backend } });
  watch({ type: 'run', run: store.runs.get(id) });
  let metricSequence = 0;
  let logSequence = 0;
  if (row.resumed !== undefined) {
    metricSequence = row.resumed.sequence + 1;
    store.metrics.discardAfter(id, row.resumed.sequence);
    logSequence = store.logs.after({ runId: id, sequence: -1, limit: MOST_LOG_LINES }).length;
  }
  /** Checkpoints are written one after the other, while the worker goes on. */
  let saved: Promise<void> = Promise.resolve();
  const saveCheckpoint = async (step: number, sequence: number, bytes: Uint8Array): Promise<void> => {
    const { hash } = await store.artifacts.put('checkpoint', bytes);
    store.checkpoints.add({ runId: id, step, sequence, artifactHash: hash });
  };
  const log = (level: LogLevel, text: string): void => {
    const line = { sequence: logSequence++, at: clock(), level, text };
    store.logs.append(id, [line]);
    watch({ type: 'log', ...line });
  };
  let runLog: RunLog | null = null;
  // As with checkpoints: the store has it all, so that the run can go on.
  const writeLog = (write: (runLog: RunLog) => void): void => {
    if (runLog === null) return;
    try {
      write(runLog);
    } catch (error) {
      runLog = null;
      const { message, hint } = toProblem(error);
      log('warning', `the log files are not written any more: ${message} ${hint}`);
    }
  };
  const follow = (event: JobEvent): void => {
    switch (event.type) {
      case 'ready':
        log('info', `backend ${event.backend}: ${event.backendVersion}`);
        break;
      case 'progress':
      case 'paused':
      case 'policy':
        watch(event);
        break;
      case 'metrics': {
        const metrics = event.metrics.map((metric) => ({ ...metric, sequence: metricSequence++ }));
        store.metrics.append(id, metrics);
        writeLog((runLog) => {
          runLog.add(metrics);
        });
        watch({ type: 'metrics', metrics });
        break;
      }
      case 'log':
        log(event.level, event.text);
        break;
      case 'checkpoint': {
        const sequence = metricSequence - 1;
        saved = saved.then(() => saveCheckpoint(event.step, sequence, event.bytes));
        // A checkpoint that cannot be written must not end the run; it is said where the run's story is told.
        saved = saved.catch((error: unknown) => {
          log('warning', `the checkpoint of step ${event.step} was not kept: ${toProblem(error).message}`);
        });
        break;
      }
    }
  };
  try {
    await control.turn;
    const started = store.runs.start(id);
    watch({ type: 'run', run: started });
    if (row.log !== undefined) {
      const before = store.metrics.after({ runId: id, sequence: -1, limit: MOST_METRICS });
      const { folder, name } = row.log;
      runLog = new RunLog({ folder, name: `${name}-${id.slice(-6)}`, run: started, before, clock });
    }
    const kept = await work({ run: started, follow, log, saved: () => saved });
    store.checkpoints.forget(id);
    watch({ type: 'run', run: store.runs.end(id, { status: 'finished' }) });
    return kept;
  } catch (error) {
    await saved;
    const problem = toProblem(error);
    const isCancelled = problem.kind === 'cancelled';
    // What a person asked for is no error.
    if (isCancelled)
      log('info', 'The run was cancelled before it was finished; run the same recipe again to repeat it.');
    else log('error', `${problem.message} ${problem.hint}`);
    const end = isCancelled ? ({ status: 'cancelled' } as const) : ({ status: 'failed', problem } as const);
    watch({ type: 'run', run: store.runs.end(id, end) });
    throw error;
  } finally {
    writeLog((open) => {
      open.close();
    });
  }
}

/**
 * A run of one job: starts it, follows it, and keeps its result.
 * @param keep stores what came out
 * @returns what `keep` returned
 * @throws what the job was rejected with, or what `keep` threw, after the run was marked
 */
export function performRun<Kind extends RunKind & JobRequest['kind'], Kept>(
  services: Services,
  request: RunRequest<Kind>,
  control: RunControl,
  watch: Watch,
  keep: (result: Extract<JobResult, { kind: Kind }>, run: Run) => Promise<Kept>,
): Promise<Kept> {
  return withRun(services, request, control, watch, async ({ run, follow, saved }) => {
    const job = services.jobHost.start(request.job, follow);
    control.take(job);
    const result = await job.result;
    await saved();
    if (result.kind !== request.kind)
      throw new TypeError(`a ${request.kind} job answered with a ${result.kind} result`);
    return keep(result as Extract<JobResult, { kind: Kind }>, run);
  });
}
