// Whatever becomes of a job, its run says so, and keeps what it said until then.
import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../src-main/contract/entity.ts';
import type { JobResult } from '../../src-main/contract/job.ts';
import { DiskFullError } from '../../src-main/store/file-errors.ts';
import { JobAbortedError, WorkerDiedError } from '../../src-main/services/job-errors.ts';
import type { JobEvent } from '../../src-main/services/job-host.ts';
import { performRun } from '../../src-main/services/perform-run.ts';
import { RunControl } from '../../src-main/services/run-control.ts';
import type { RunEvent, Services } from '../../src-main/services/services.ts';
import { exportRecipe } from '../contract/recipes.ts';
import { sampleProject } from '../store/sample-entities.ts';
import { openSampleServices, scriptedJobHost } from './sample-services.ts';

const done: JobResult = { kind: 'export', files: [], checks: [] };

async function perform(options: {
  readonly says?: readonly JobEvent[];
  readonly ends?: () => Promise<JobResult>;
  readonly keep?: () => Promise<string>;
  readonly control?: RunControl;
}): Promise<{
  services: Services;
  events: RunEvent[];
  kept: Promise<string>;
  runId: string;
  asked: { aborts: number };
}> {
  const { says = [], ends = () => Promise.resolve(done), keep = () => Promise.resolve('kept') } = options;
  const jobHost = scriptedJobHost((_, say) => {
    for (const event of says) say(event);
    return ends();
  });
  const services = await openSampleServices(jobHost);
  const project = sampleProject(services.store);
  const recipe = exportRecipe({ kind: 'model', id: 'a' }, 'out');
  const events: RunEvent[] = [];
  const kept = performRun(
    services,
    {
      projectId: project.id,
      kind: 'export',
      recipe: jsonSchema.parse(recipe),
      seed: recipe.seed,
      backend: recipe.backend,
      job: { kind: 'export', recipe, model: Uint8Array.of(1) },
    },
    options.control ?? new RunControl(),
    (event) => events.push(event),
    keep,
  );
  await kept.catch(() => undefined);
  return { services, events, kept, runId: services.store.runs.list(project.id)[0]!.id, asked: jobHost.asked };
}

const logOf = ({ store }: Services, runId: string): string[] =>
  store.logs.after({ runId, sequence: -1, limit: 100 }).map(({ level, text }) => `${level}: ${text}`);

it('a run that ends well is finished, with its metrics and its log in the order they came', async () => {
  const metric = (step: number) => ({ name: 'loss', step, value: step === 1 ? null : step });
  const { services, kept, runId, events } = await perform({
    says: [
      { type: 'ready', backend: 'kernels', backendVersion: 'v1' },
      { type: 'metrics', metrics: [metric(0), metric(1)] },
      { type: 'log', level: 'warning', text: 'half of it' },
      { type: 'progress', progress: { stage: 'working', done: 1, total: 2, unit: 'halves' } },
      { type: 'metrics', metrics: [metric(2)] },
    ],
  });
  expect(await kept).toBe('kept');
  expect(services.store.runs.get(runId)).toMatchObject({ status: 'finished', problem: null, seed: 3 });
  expect(services.store.metrics.after({ runId, sequence: -1, limit: 10 }).map(({ value }) => value)).toEqual([
    0,
    null,
    2,
  ]);
  expect(logOf(services, runId)).toEqual(['info: backend kernels: v1', 'warning: half of it']);
  expect(events.map(({ type }) => type)).toEqual(['run', 'run', 'log', 'metrics', 'log', 'progress', 'metrics', 'run']);
});

it('a run is not finished before what came out is safe', async () => {
  const full = new DiskFullError('/models');
  const { services, kept, runId } = await perform({ keep: () => Promise.reject(full) });
  await expect(kept).rejects.toBe(full);
  expect(services.store.runs.get(runId)).toMatchObject({ status: 'failed', problem: { code: 'DiskFullError' } });
});

describe('a run whose worker', () => {
  it('died has failed, and has the problem and the log until then', async () => {
    const died = new WorkerDiedError('SIGKILL', '');
    const { services, kept, runId, events } = await perform({
      says: [{ type: 'log', level: 'info', text: 'so far, so good' }],
      ends: () => Promise.reject(died),
    });
    await expect(kept).rejects.toBe(died);
    const run = services.store.runs.get(runId);
    expect(run).toMatchObject({ status: 'failed', problem: { kind: 'failed', code: 'WorkerDiedError' } });
    expect(logOf(services, runId)).toEqual(['info: so far, so good', expect.stringMatching(/^error: .*SIGKILL/)]);
    expect(events.at(-1)).toEqual({ type: 'run', run });
  });

  it('was aborted is cancelled', async () => {
    const { services, kept, runId } = await perform({ ends: () => Promise.reject(new JobAbortedError()) });
    await expect(kept).rejects.toBeInstanceOf(JobAbortedError);
    expect(services.store.runs.get(runId)).toMatchObject({ status: 'cancelled', problem: null });
    // In plain words, and no error: a person asked for it.
    expect(logOf(services, runId)).toEqual([expect.stringMatching(/^info: .*cancelled/)]);
  });

  it('answered something else has met a bug of ours', async () => {
    const { services, kept, runId } = await perform({ ends: () => Promise.resolve({ kind: 'check' }) });
    await expect(kept).rejects.toThrow(/export job answered with a check/);
    expect(services.store.runs.get(runId)).toMatchObject({ status: 'failed', problem: { kind: 'internal' } });
  });
});

it('a run that was aborted before it began ends its worker at once', async () => {
  const control = new RunControl();
  control.abort();
  const { services, kept, runId, asked } = await perform({ control });
  await expect(kept).rejects.toBeInstanceOf(JobAbortedError);
  expect(asked.aborts).toBe(1);
  expect(services.store.runs.get(runId).status).toBe('cancelled');
});
