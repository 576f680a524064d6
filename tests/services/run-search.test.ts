// Searches by real workers: the same answer by one process and by two, and after the host was gone in between.
import { describe, expect, it } from 'vitest';
import type { SearchRecipe } from '../../src-main/contract/recipe.ts';
import type { SearchTrial } from '../../src-main/contract/search.ts';
import type { JobRequest } from '../../src-main/contract/job.ts';
import { JobAbortedError } from '../../src-main/services/job-errors.ts';
import type { JobHost } from '../../src-main/services/job-host.ts';
import { resumeRun } from '../../src-main/services/resume-run.ts';
import { RunControl } from '../../src-main/services/run-control.ts';
import { runRecipe } from '../../src-main/services/run-recipe.ts';
import { BudgetMetAlreadyError, NothingFoundError, type SearchOutcome } from '../../src-main/services/run-search.ts';
import type { Services } from '../../src-main/services/services.ts';
import { searchRecipe } from '../contract/recipes.ts';
import { openSampleStore } from '../store/sample-store.ts';
import { openSampleServices, runWatched, sampleSource } from './sample-services.ts';

const space = { ...searchRecipe(sampleSource).space, criteria: ['lamp'], sparsities: [0.5, 0.9, 0.95] };
const recipe = searchRecipe(sampleSource, { space, trials: 3, keepOneIn: 2, updates: 100 });

async function search(services: Services, what: SearchRecipe): Promise<SearchOutcome> {
  const { outcome } = await runWatched(services, what);
  expect(outcome.kind).toBe('search');
  return outcome as SearchOutcome;
}

/** What of a trial does not depend on the clock. */
const timeless = (trials: readonly SearchTrial[]): unknown =>
  trials.map(({ outcome, ...trial }) => ({
    ...trial,
    seconds: 0,
    outcome: outcome.kind === 'measured' ? { ...outcome.measured, latency: null } : outcome,
  }));

/** Real workers, whose requests are remembered, and that are all gone before the trial that is refused. */
function mortal(services: Services, lives: number): { jobHost: JobHost; asked: JobRequest[] } {
  const asked: JobRequest[] = [];
  const jobHost: JobHost = {
    start: (request, onEvent) => {
      asked.push(request);
      const job = services.jobHost.start(request, onEvent);
      if (request.kind !== 'trial' || asked.filter(({ kind }) => kind === 'trial').length <= lives) return job;
      job.abort();
      return job;
    },
  };
  return { jobHost, asked };
}

describe('a search', () => {
  it.each([
    { target: { kind: 'bytes', bytes: 300_000 }, says: /takes 271 368 B, and 300 000 B are allowed/ },
    { target: { kind: 'latency', microseconds: 1e6 }, says: /µs, and .* are allowed/ },
  ] as const)('for a budget of $target.kind that is met already says so at once, and begins nothing', async (one) => {
    const services = await openSampleServices();
    const { jobHost, asked } = mortal(services, Infinity);
    const attempt = search({ ...services, jobHost }, { ...recipe, target: one.target });
    await expect(attempt).rejects.toThrow(BudgetMetAlreadyError);
    const error = await attempt.catch((problem: unknown) => problem as BudgetMetAlreadyError);
    expect((error as BudgetMetAlreadyError).message.replaceAll('\u00a0', ' ')).toMatch(one.says);
    expect((error as BudgetMetAlreadyError).hint).toMatch(/secateur export.*--keep/);
    expect(asked.filter(({ kind }) => kind === 'trial' || kind === 'prune')).toEqual([]);
    const runs = services.store.projects.list().flatMap(({ id }) => services.store.runs.list(id));
    expect(runs.filter(({ kind }) => kind === 'search')).toEqual([]);
  });

  it('is the same by one process and by two, and its answer is what its recipe makes', async () => {
    const one = await search(await openSampleServices(), { ...recipe, processes: 1 });
    const services = await openSampleServices();
    const two = await search(services, { ...recipe, processes: 2 });
    expect(timeless(two.trials)).toEqual(timeless(one.trials));
    expect(two.model.artifactHash).toBe(one.model.artifactHash);
    expect(two.search).toMatchObject({ processes: 2, cut: null, possible: 3 });

    const chosen = two.trials.find(
      ({ rung, number }) => rung === two.search.chosen.rung && number === two.search.chosen.number,
    )!;
    const { outcome } = await runWatched(services, chosen.recipe);
    expect(outcome).toMatchObject({ kind: 'prune', model: { artifactHash: two.model.artifactHash } });
    const measured = chosen.outcome.kind === 'measured' ? chosen.outcome.measured : null;
    expect(measured).toMatchObject({
      weights: two.model.counts.nonzeroWeights,
      bytes: two.model.counts.bytes,
      meanReturn: two.report.pruned.validation.summary.mean,
    });
    // What was chosen on validation seeds is reported on others, and says what was asked.
    expect(two.report.pruned.test.seeds).toEqual(recipe.seeds.test);
    expect(two.report.keep).toBe(0.9);
    expect(two.search.front).toContainEqual(two.search.chosen);

    const { store } = services;
    expect(store.trials.list(two.run.id)).toEqual(two.trials);
    expect(store.outcomes.get(two.run.id)).toMatchObject({ kind: 'search', modelId: two.model.id, search: two.search });
    expect(store.runs.get(two.run.id).status).toBe('finished');
  });

  it('goes on where its host was gone, does nothing twice, and comes to the same', async () => {
    const whole = await search(await openSampleServices(), recipe);

    const services = await openSampleServices();
    const killed = mortal(services, 2);
    // The worst end: no word to the store about the run. Its rows are as a killed process leaves them.
    const { store } = services;
    const stuck = { ...services, jobHost: killed.jobHost };
    await expect(runWatched(stuck, { ...recipe, processes: 1 })).rejects.toThrow(JobAbortedError);
    const cancelled = store.projects.list().flatMap(({ id }) => store.runs.list(id))[0]!;
    const kept = store.trials.list(cancelled.id);
    expect(kept).toHaveLength(2);

    // The same trials under a run that is left running when the store is closed.
    const left = store.runs.create({
      projectId: cancelled.projectId,
      kind: 'search',
      recipe: cancelled.recipe,
      seed: cancelled.seed,
      versions: cancelled.versions,
    });
    const runId = left.id;
    store.runs.start(runId);
    for (const trial of kept) store.trials.keep(runId, trial);
    const { folder } = store;
    store.close();

    const { store: reopened } = await openSampleStore(folder);
    const again = mortal({ ...services, store: reopened }, Infinity);
    const run = reopened.runs.get(runId);
    expect(run.status).toBe('interrupted');
    const resumed = (await resumeRun(
      { ...services, store: reopened, jobHost: again.jobHost },
      run,
      new RunControl(),
      () => undefined,
    )) as SearchOutcome;
    expect(resumed.run.id).toBe(runId);
    expect(resumed.model.artifactHash).toBe(whole.model.artifactHash);
    expect(timeless(resumed.trials)).toEqual(timeless(whole.trials));
    expect(again.asked.filter(({ kind }) => kind === 'trial')).toHaveLength(whole.trials.length - 2);
  });

  it('that cannot meet its budget keeps what came closest, and says what would help', async () => {
    const target = { kind: 'bytes', bytes: 900 } as const;
    const found = await search(await openSampleServices(), { ...recipe, target, trials: 2, rungs: 1, updates: 0 });
    expect(found.search.met).toBe(false);
    const bytes = found.trials.map(({ outcome }) => (outcome.kind === 'measured' ? outcome.measured.bytes : Infinity));
    expect(found.model.counts.bytes).toBe(Math.min(...bytes));
    expect(found.report.budget).toEqual({ kind: 'bytes', allowed: 900, measured: Math.min(...bytes), met: false });
    expect(found.search.advice).toEqual([
      { kind: 'ask-less', reached: Math.min(...bytes) },
      { kind: 'remove-more', sparsity: 0.95 },
      { kind: 'remove-units' },
      { kind: 'try-more', tried: 2, possible: 3 },
    ]);
  });

  it('whose trials all fail says why', async () => {
    const channels = { ...space, granularities: ['channel'], criteria: ['l1'] };
    const services = await openSampleServices();
    const failed = runWatched(services, { ...recipe, space: channels });
    await expect(failed).rejects.toThrow(NothingFoundError);
    await expect(failed).rejects.toThrow(/no .*channel|channel/);
    const { store } = services;
    const [run] = store.projects.list().flatMap(({ id }) => store.runs.list(id));
    expect(run).toMatchObject({ status: 'failed', problem: { code: 'NothingFoundError' } });
  });
});

it('a person who stops a search gets the best that had been found until then, measured', async () => {
  const services = await openSampleServices();
  const control = new RunControl();
  const { search: report, model, trials } = await runWatchedUntil(services, control, 2);
  expect(report.cut).toBe('stop');
  expect(trials.length).toBeLessThan(5);
  expect(services.store.models.get(model.id).parentId).not.toBeNull();
});

/** Stops as soon as so many trials are finished. */
async function runWatchedUntil(services: Services, control: RunControl, finished: number): Promise<SearchOutcome> {
  let left = finished;
  const outcome = await runRecipe(services, { ...recipe, processes: 1 }, control, (event) => {
    if (event.type === 'trial' && --left === 0) control.stop();
  });
  return outcome as SearchOutcome;
}
