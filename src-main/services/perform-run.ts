// One run: its row in the store, its worker, and everything the worker says written down before it is passed on.
import type { Json, Run, RunKind } from '../contract/entity.ts';
import type { JobRequest, JobResult } from '../contract/job.ts';
import { toProblem } from '../contract/secateur-error.ts';
import type { JobEvent } from './job-host.ts';
import type { RunControl } from './run-control.ts';
import type { Services, Watch } from './services.ts';

export interface RunRequest<Kind extends RunKind> {
  readonly projectId: string;
  readonly kind: Kind;
  readonly recipe: Json;
  readonly seed: number;
  readonly backend: string;
  readonly job: Extract<JobRequest, { kind: Kind }>;
}

/**
 * Starts the job, follows it, keeps its result, and ends the run as finished, failed or cancelled.
 * @param keep stores what came out: a run is not finished before that is safe
 * @returns what `keep` returned
 * @throws what the job was rejected with, or what `keep` threw, after the run was marked
 */
export async function performRun<Kind extends RunKind, Kept>(
  services: Services,
  request: RunRequest<Kind>,
  control: RunControl,
  watch: Watch,
  keep: (result: Extract<JobResult, { kind: Kind }>, run: Run) => Promise<Kept>,
): Promise<Kept> {
  const { store, jobHost, clock, versions } = services;
  const { projectId, kind, recipe, seed, backend } = request;
  const created = store.runs.create({ projectId, kind, recipe, seed, versions: { ...versions, backend } });
  const { id } = created;
  const started = store.runs.start(id);
  watch({ type: 'run', run: started });

  let metricSequence = 0;
  let logSequence = 0;
  const log = (level: 'info' | 'warning' | 'error', text: string): void => {
    store.logs.append(id, [{ sequence: logSequence++, at: clock(), level, text }]);
    watch({ type: 'log', level, text });
  };
  const follow = (event: JobEvent): void => {
    switch (event.type) {
      case 'ready':
        log('info', `backend ${event.backend}: ${event.backendVersion}`);
        break;
      case 'progress':
        watch(event);
        break;
      case 'metrics':
        store.metrics.append(
          id,
          event.metrics.map((metric) => ({ ...metric, sequence: metricSequence++ })),
        );
        watch(event);
        break;
      case 'log':
        log(event.level, event.text);
        break;
    }
  };
  try {
    const job = jobHost.start(request.job, follow);
    control.take(job);
    const result = await job.result;
    if (result.kind !== kind) throw new TypeError(`a ${kind} job answered with a ${result.kind} result`);
    const kept = await keep(result as Extract<JobResult, { kind: Kind }>, started);
    watch({ type: 'run', run: store.runs.end(id, { status: 'finished' }) });
    return kept;
  } catch (error) {
    const problem = toProblem(error);
    log('error', `${problem.message} ${problem.hint}`);
    const end =
      problem.kind === 'cancelled' ? ({ status: 'cancelled' } as const) : ({ status: 'failed', problem } as const);
    watch({ type: 'run', run: store.runs.end(id, end) });
    throw error;
  }
}
