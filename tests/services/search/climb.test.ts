// Successive halving against an exhaustive search, an interruption, and the clock.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PruneRecipe, SearchRecipe } from '../../../src-main/contract/recipe.ts';
import type { SearchTrial, TrialMeasurement } from '../../../src-main/contract/search.ts';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { planSearch } from '../../../src-main/engine/pruning/search/plan-search.ts';
import { runTrial } from '../../../src-main/engine/pruning/search/run-trial.ts';
import { prune } from '../../../src-main/engine/pruning/prune.ts';
import { writeModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import { JobAbortedError } from '../../../src-main/services/job-errors.ts';
import { climb, type Attempt, type Climb, type Summit } from '../../../src-main/services/search/climb.ts';
import { choose } from '../../../src-main/services/search/halving.ts';
import { Stopwatch } from '../../../src-main/services/search/stopwatch.ts';
import { byHand, pruneRecipe, searchRecipe } from '../../contract/recipes.ts';
import { sampleModel } from '../../engine/networks/sample-models.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';

const source = { kind: 'model', id: 'm' } as const;
const parent = sampleModel({ inputs: 4 });

const sparsityOf = ({ method }: PruneRecipe): number =>
  method.kind === 'manual' && method.amount.kind === 'sparsity' ? method.amount.sparsity : NaN;

/** More healing lets more go; lamp is better than l1. A made-up world in which every answer can be told. */
function madeUp({ recipe }: Attempt): TrialMeasurement {
  const { method } = recipe;
  const healed = method.kind === 'manual' && method.recovery.updates > 0 ? 0.3 : 0;
  const lamp = method.kind === 'manual' && method.criterion === 'lamp' ? 0.05 : 0;
  const keptShare = Math.max(0, Math.min(1, 1.2 + healed + lamp - sparsityOf(recipe)));
  const weights = Math.round(1000 * (1 - sparsityOf(recipe)));
  return {
    weights,
    hiddenUnits: 8,
    bytes: 4 * weights,
    latency: null,
    meanReturn: 500 * keptShare,
    meanInterval: { low: 0, high: 500 },
    keptShare,
    certainShare: keptShare,
  };
}

function climbing(recipe: SearchRecipe, changes: Partial<Climb> = {}): Climb {
  return {
    recipe,
    plan: { ...planSearch(recipe, parent), asItIs: null },
    known: [],
    attempt: (attempt) => Promise.resolve(madeUp(attempt)),
    dismiss: () => undefined,
    stopped: () => false,
    stopwatch: new Stopwatch(() => 0, 0),
    onTrial: () => undefined,
    onProgress: () => undefined,
    ...changes,
  };
}

const climbUp = (recipe: SearchRecipe, changes: Partial<Climb> = {}): Promise<Summit> =>
  climb(climbing(recipe, changes));

describe('successive halving', () => {
  it('finds what an exhaustive search of a tiny network finds when nothing is cut', async () => {
    const model = sampleModel({ inputs: 4, hidden: [6, 5], seed: 3 });
    const recipe = searchRecipe(source, {
      target: { kind: 'bytes', bytes: 1100 },
      keepOneIn: 1,
      rungs: 1,
      space: { ...searchRecipe(source).space, granularities: ['neuron'], criteria: ['l1', 'norm-product'] },
      updates: 20,
    });
    const engine = { model, backend: testBackend, context: recordingContext() };
    const summit = await climbUp(recipe, {
      attempt: async (attempt) => (await runTrial({ ...engine, ...attempt })).measured,
    });
    const found = choose(summit.finalists, recipe.target)!;

    // All eight, one after the other, as whole prune jobs.
    const all = [];
    for (const criterion of ['l1', 'norm-product']) {
      for (const sparsity of [0.2, 0.5, 0.8, 0.95]) {
        const method = {
          ...byHand,
          criterion,
          amount: { kind: 'sparsity', sparsity },
          recovery: { method: 'distill', updates: 20 },
        } as const;
        const { report } = await prune({ ...engine, recipe: pruneRecipe(source, { granularity: 'neuron', method }) });
        all.push({ criterion, sparsity, bytes: report.pruned.bytes, mean: report.pruned.validation.summary.mean });
      }
    }
    const fitting = all.filter(({ bytes }) => bytes <= 1100);
    expect(fitting.length).toBeGreaterThan(0);
    expect(fitting.length).toBeLessThan(all.length);
    const best = Math.max(...fitting.map(({ mean }) => mean));
    expect(found.outcome.measured.meanReturn).toBe(best);
    expect(found.outcome.measured.bytes).toBe(
      Math.min(...fitting.filter(({ mean }) => mean === best).map(({ bytes }) => bytes)),
    );
    // Every trial is, to the byte, the model that its recipe makes as a job of its own.
    for (const { recipe: own } of summit.trials) {
      const trial = await runTrial({ ...engine, recipe: own, episodes: 4, timed: false });
      const job = await prune({ ...engine, recipe: own });
      expect(writeModel(trial.model)).toEqual(writeModel(job.model));
    }
    expect(policyOnly(model)).toEqual(policyOnly(sampleModel({ inputs: 4, hidden: [6, 5], seed: 3 })));
  });

  it('gives the later rungs fewer trials, more episodes and more healing', async () => {
    const seeds = { ...searchRecipe(source).seeds, validation: { first: 1_000_000, count: 90 } };
    const { rungs, trials } = await climbUp(searchRecipe(source, { seeds, rungs: 3, updates: 400 }));
    expect(rungs).toEqual([
      { episodes: 23, updates: 0, planned: 8, finished: 8, failed: 0 },
      { episodes: 45, updates: 200, planned: 4, finished: 4, failed: 0 },
      { episodes: 90, updates: 400, planned: 2, finished: 2, failed: 0 },
    ]);
    for (const { rung, recipe } of trials) {
      expect(recipe.method).toMatchObject({
        recovery: rung === 0 ? { method: 'none', updates: 0 } : { method: 'distill', updates: 200 * rung },
      });
    }
  });

  it('halves a space that has fewer ways than trials were allowed', async () => {
    const { rungs } = await climbUp(searchRecipe(source, { trials: 100 }));
    expect(rungs.map(({ planned }) => planned)).toEqual([8, 4]);
  });

  it('comes to the same whatever order its trials finish in', async () => {
    const recipe = searchRecipe(source, { rungs: 3 });
    const waiting: (() => void)[] = [];
    // Always the last that was begun finishes first, a whole rung later.
    const backwards = climbUp(recipe, {
      attempt: (attempt) =>
        new Promise((resolve) => {
          waiting.push(() => {
            resolve(madeUp(attempt));
          });
          queueMicrotask(() => waiting.pop()?.());
        }),
    });
    expect(await backwards).toEqual(await climbUp(recipe));
  });

  it('the automatic methods take part in the last rung only', async () => {
    const space = {
      ...searchRecipe(source).space,
      granularities: ['weight', 'hybrid'],
      criteria: ['lamp', 'activity'],
      automatic: true,
    };
    const attempts: Attempt[] = [];
    const { rungs } = await climbUp(searchRecipe(source, { space }), {
      attempt: (attempt) => {
        attempts.push(attempt);
        return Promise.resolve(
          attempt.recipe.method.kind === 'manual'
            ? madeUp(attempt)
            : { ...madeUp(attempt), weights: 1, meanReturn: 500, keptShare: 1, certainShare: 1 },
        );
      },
    });
    const automatic = attempts.filter(({ recipe }) => recipe.method.kind === 'automatic');
    expect(automatic.map(({ recipe }) => recipe.granularity)).toEqual(['weight', 'hybrid']);
    expect(automatic.every(({ timed }) => timed)).toBe(true);
    expect(rungs.map(({ planned }) => planned)).toEqual([8, 4 + 2]);
    const budget = { kind: 'bytes', bytes: 100 } as const;
    // The hybrid search goes for a share of the return only.
    expect(planSearch(searchRecipe(source, { space, target: budget }), parent).automatic).toEqual(['weight']);
  });

  it('a trial that fails is kept as failed, and the others go on', async () => {
    const { rungs, finalists, trials } = await climbUp(searchRecipe(source), {
      attempt: (attempt) =>
        sparsityOf(attempt.recipe) === 0.5 ? Promise.reject(new TypeError('broken')) : Promise.resolve(madeUp(attempt)),
    });
    expect(rungs[0]).toMatchObject({ finished: 8, failed: 2 });
    expect(finalists.map(({ recipe }) => sparsityOf(recipe))).not.toContain(0.5);
    expect(trials.find(({ recipe }) => sparsityOf(recipe) === 0.5)?.outcome).toMatchObject({
      kind: 'failed',
      problem: { message: 'broken' },
    });
  });

  it('ways that differ only in how they heal are cut once', async () => {
    const space = { ...searchRecipe(source).space, recoveries: ['distill', 'fine-tune'] };
    const attempts: Attempt[] = [];
    await climbUp(searchRecipe(source, { space, trials: 16 }), {
      attempt: (attempt) => {
        attempts.push(attempt);
        return Promise.resolve(madeUp(attempt));
      },
    });
    expect(
      attempts.filter(({ recipe }) => recipe.method.kind === 'manual' && recipe.method.recovery.method === 'none'),
    ).toHaveLength(8);
  });
});

describe('an interruption', () => {
  it.each([0, 3, 8, 10])('after %i trials changes nothing, and nothing is done twice', async (before) => {
    const recipe = searchRecipe(source, { rungs: 3 });
    const whole = await climbUp(recipe);
    const kept: SearchTrial[] = [];
    let left = before;
    const killed = climbUp(recipe, {
      attempt: (attempt) => (left-- > 0 ? Promise.resolve(madeUp(attempt)) : Promise.reject(new JobAbortedError())),
      onTrial: (trial) => kept.push(trial),
    });
    await expect(killed).rejects.toThrow(JobAbortedError);
    expect(kept).toHaveLength(before);
    let made = 0;
    const resumed = await climbUp(recipe, {
      known: kept,
      attempt: (attempt) => {
        made++;
        return Promise.resolve(madeUp(attempt));
      },
    });
    expect(resumed).toEqual(whole);
    expect(made).toBe(whole.trials.length - before);
  });
});

describe('the time', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** One trial at a time, each of ten seconds. */
  function slowly(recipe: SearchRecipe, changes: Partial<Climb> = {}): Promise<Summit> {
    let line: Promise<unknown> = Promise.resolve();
    let epoch = 0;
    return climbUp(recipe, {
      stopwatch: new Stopwatch(() => Date.now(), 0),
      dismiss: () => epoch++,
      attempt: (attempt) => {
        const own = epoch;
        const turn = line.then(() => new Promise((resolve) => setTimeout(resolve, own === epoch ? 10_000 : 0)));
        line = turn;
        return turn.then(() => {
          if (own !== epoch) throw new JobAbortedError();
          return madeUp(attempt);
        });
      },
      ...changes,
    });
  }

  it('is shared by the rungs: what it does not suffice for is left out, and the report says so', async () => {
    const found = slowly(searchRecipe(source, { seconds: 75 }));
    await vi.runAllTimersAsync();
    const { rungs, cut, finalists } = await found;
    expect(cut).toBe('time');
    // 37.5 s for the first rung, the rest for the second.
    expect(rungs[0]).toMatchObject({ planned: 8, finished: 3 });
    expect(rungs[1]!.finished).toBeLessThanOrEqual(rungs[1]!.planned);
    expect(finalists.length).toBeGreaterThan(0);
  });

  it('is none that matters where all is tried before', async () => {
    const recipe = searchRecipe(source, { seconds: 10_000 });
    const found = slowly(recipe);
    await vi.runAllTimersAsync();
    const { trials, cut } = await found;
    expect(cut).toBeNull();
    const atOnce = await climbUp(recipe);
    expect(trials.map((trial) => ({ ...trial, seconds: 0 }))).toEqual(atOnce.trials);
  });
});
