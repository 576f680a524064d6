// Pruning from end to end, on agents that others have trained: the report against what can be found out without it.
import { describe, expect, it } from 'vitest';
import type { PruneReport } from '../../../src-main/contract/prune-report.ts';
import { pruneReportSchema } from '../../../src-main/contract/prune-report.ts';
import type { ManualMethod, PruneRecipe } from '../../../src-main/contract/recipe.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { ModelDoesNotFitError } from '../../../src-main/engine/evaluation/model-fits.ts';
import { SeedOverlapError } from '../../../src-main/engine/evaluation/seeds.ts';
import { readModelFile } from '../../../src-main/engine/formats/registry.ts';
import { readModel, writeModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../src-main/engine/networks/parameters.ts';
import { LayerAmountsError } from '../../../src-main/engine/pruning/allocation/layer-choices.ts';
import { prune } from '../../../src-main/engine/pruning/prune.ts';
import { compact } from '../../../src-main/engine/pruning/surgery/compact.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';
import { recordingContext, type RecordingContext } from '../../recording-context.ts';
import { referenceForward } from '../../reference-network.ts';
import { testBackend } from '../../test-backend.ts';
import { thirdPartyAgent } from '../formats/fixtures.ts';

const cartPole = readModelFile(thirdPartyAgent('dqn-CartPole-v1.zip')).model;
const acrobot = readModelFile({
  ...thirdPartyAgent('a2c-Acrobot-v1.zip'),
  normalizer: thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl'),
}).model;

const byHand: ManualMethod = {
  kind: 'manual',
  criterion: 'wanda-lamp',
  amount: { kind: 'sparsity', sparsity: 0.9 },
  allocation: 'global',
  layers: {},
  multiple: 1,
  schedule: 'polynomial',
  steps: 5,
  recovery: { method: 'distill', updates: 400 },
  rewind: 'nothing',
};
const recipe: PruneRecipe = {
  kind: 'prune',
  version: 1,
  seed: 5,
  backend: 'kernels',
  source: { kind: 'file', path: 'agent.zip', normalizer: null },
  environment: 'CartPole-v1',
  seeds: {
    train: { first: 0, count: 10_000 },
    validation: { first: 10_000, count: 8 },
    test: { first: 20_000, count: 6 },
  },
  granularity: 'weight',
  method: byHand,
  export: null,
};

interface Pruned {
  readonly model: PolicyModel;
  readonly report: PruneReport;
  readonly context: RecordingContext;
}

async function run(model: PolicyModel, change: Partial<PruneRecipe> = {}, breaths?: number): Promise<Pruned> {
  const context = recordingContext(breaths);
  const result = await prune({ model, recipe: { ...recipe, ...change }, backend: testBackend, context });
  return { ...result, context };
}

/** Returns of a greedy policy on the first test seeds, played with the reference pass. */
function playedByReference(model: PolicyModel, environment: string, episodes: number): number[] {
  const definition = environments.get(environment);
  const { network } = model.description;
  const parameters = applyMasks(model.parameters, model.masks);
  return Array.from({ length: episodes }, (_, episode) => {
    const world = new VectorEnvironment(definition, 1);
    world.reset(0, recipe.seeds.test.first + episode);
    let total = 0;
    while (world.active[0] === 1) {
      const outputs = referenceForward({ network, parameters, observation: Array.from(world.observations) });
      world.step([outputs.indexOf(Math.max(...outputs))]);
      total += world.rewards[0]!;
    }
    return total;
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Everything in a report that follows from the pruned model, the dense one, and the returns. */
function checkReport({ model, report }: Pruned): void {
  expect(pruneReportSchema.parse(report)).toEqual(report);
  const { dense, pruned, testDifference, surgery } = report;
  const kernels = Object.entries(applyMasks(model.parameters, model.masks)).filter(([name]) =>
    name.endsWith('/kernel'),
  );
  expect(pruned.count.weights).toBe(kernels.reduce((sum, [, values]) => sum + values.length, 0));
  const nonzero = kernels.reduce((sum, [, values]) => sum + values.filter((w) => w !== 0).length, 0);
  expect(pruned.count.nonzeroWeights).toBe(nonzero);
  expect(pruned.bytes).toBe(writeModel(model).length);
  expect(pruned.bytes).toBeLessThanOrEqual(dense.bytes);

  expect(pruned.test.returns.slice(0, 2)).toEqual(playedByReference(model, report.environment, 2));
  const { worstReturn } = environments.get(report.environment);
  const kept = (purpose: 'validation' | 'test'): number =>
    (mean(pruned[purpose].returns) - worstReturn) / (mean(dense[purpose].returns) - worstReturn);
  expect(report.keptOnTest).toBeCloseTo(kept('test'), 9);
  expect(report.keptOnValidation).toBeCloseTo(kept('validation'), 9);
  expect(testDifference.mean).toBeCloseTo(mean(pruned.test.returns) - mean(dense.test.returns), 9);
  expect([dense, pruned].map(({ test }) => test.returns.length)).toEqual([6, 6]);
  expect([dense, pruned].map(({ validation }) => validation.returns.length)).toEqual([8, 8]);

  expect(surgery.largestDifference).toBeLessThanOrEqual(1e-5);
  expect(surgery.states).toBeGreaterThan(100);
  expect(pruned.test.agreement).not.toBeNull();
  expect(report.seconds).toBeGreaterThan(0);
}

describe('by hand', () => {
  it('nine tenths of the weights of a DQN agent, distilled: the report is true, and the model balances', async () => {
    const result = await run(cartPole);
    checkReport(result);
    const { report } = result;
    const total = 4 * 256 + 256 * 256 + 256 * 2;
    expect(report.dense.count).toMatchObject({ weights: total, nonzeroWeights: total, hiddenUnits: 512 });
    expect(report.pruned.count.nonzeroWeights).toBeLessThanOrEqual(total - Math.floor(0.9 * total));
    expect(report).toMatchObject({ method: 'manual', keep: null, trials: [], feasiblePruningRate: null });
    expect(report.keptOnTest).toBeGreaterThan(0.5);
  });

  it('half of the neurons of an actor: its critic is left behind, its normaliser is not', async () => {
    const method: ManualMethod = {
      ...byHand,
      criterion: 'norm-product',
      amount: { kind: 'sparsity', sparsity: 0.5 },
    };
    const result = await run(acrobot, { environment: 'Acrobot-v1', granularity: 'neuron', method });
    checkReport(result);
    const { description } = result.model;
    expect(description.network.heads.map(({ name }) => name)).toEqual(['policy']);
    expect(description.network.input.normalizer).toEqual(acrobot.description.network.input.normalizer);
    expect(result.report.pruned.count.hiddenUnits).toBe(result.report.dense.count.hiddenUnits / 2);
    expect(result.report.keptOnTest).toBeGreaterThan(0.8);
  });
});

describe('automatically', () => {
  const automatic = {
    granularity: 'neuron',
    method: { kind: 'automatic', target: { kind: 'return', keep: 0.95 } },
  } as const;

  it('the most neurons that can go: every claim of the report holds, and the same seed gives the same bytes', async () => {
    const before = structuredClone(cartPole);
    const once = await run(cartPole, automatic);
    checkReport(once);
    expect(cartPole, 'the model that was given is as it was').toEqual(before);
    const { report, model } = once;
    expect(report).toMatchObject({ method: 'automatic', keep: 0.95, stopped: false });
    expect(report.keptOnValidation).toBeGreaterThanOrEqual(0.95);

    const accepted = report.trials.filter((trial) => trial.accepted);
    accepted.forEach((trial, i) => {
      expect(trial.keptShare).toBeGreaterThanOrEqual(0.95);
      expect(trial.sparsity).toBeGreaterThan(accepted[i - 1]?.sparsity ?? 0);
      expect(trial.sparsity).toBeCloseTo(1 - trial.hiddenUnits / 512, 9);
    });
    expect(accepted.at(-1)).toMatchObject({
      hiddenUnits: report.pruned.count.hiddenUnits,
      weights: report.pruned.count.nonzeroWeights,
    });
    expect(report.feasiblePruningRate).toBeGreaterThanOrEqual(accepted.at(-1)!.sparsity);
    expect(report.feasiblePruningRate).toBeGreaterThan(0.8);

    const bytes = writeModel(model);
    expect(readModel(bytes)).toEqual(model);
    const twice = await run(cartPole, automatic);
    expect(writeModel(twice.model)).toEqual(bytes);
    const timeless = ({ report }: Pruned): unknown => ({ ...report, seconds: 0 });
    expect(timeless(twice)).toEqual(timeless(once));
  });

  it('into a budget: the file is as large as the report says, and what the return lost is reported', async () => {
    const method = { kind: 'automatic', target: { kind: 'bytes', bytes: 20_000 } } as const;
    const result = await run(cartPole, { ...automatic, method });
    checkReport(result);
    const { report, model } = result;
    const measured = writeModel(model).length;
    expect(report).toMatchObject({ keep: null, budget: { kind: 'bytes', allowed: 20_000, measured, met: true } });
    expect(measured).toBeGreaterThan(19_000);
  });

  it.each([
    { when: 'at once', breaths: 0 },
    { when: 'on the way', breaths: 1700 },
  ])('a person who stops $when gets the last network that held, measured', async ({ breaths }) => {
    const result = await run(cartPole, automatic, breaths);
    expect(result.report.stopped).toBe(true);
    checkReport(result);
    expect(result.report.keptOnValidation).toBeGreaterThanOrEqual(0.95);
    const last = result.report.trials.findLast(({ accepted }) => accepted);
    expect(result.report.pruned.count.hiddenUnits).toBe(last?.hiddenUnits ?? 512);
  });
});

describe('the pattern 2:4', () => {
  const sparse = {
    ...byHand,
    criterion: 'l1',
    amount: { kind: 'sparsity', sparsity: 0.6 },
    schedule: 'one-shot',
    recovery: { method: 'none', updates: 0 },
  } as const;
  /** Of every kernel: the most weights other than zero in any four consecutive inputs of a unit. */
  const fullest = ({ parameters }: PolicyModel): number[] =>
    Object.entries(parameters).flatMap(([name, values]) => {
      if (!name.endsWith('/kernel')) return [];
      const units = parameters[name.replace('kernel', 'bias')]!.length;
      const counts = new Map<string, number>();
      values.forEach((w, i) => {
        const group = `${Math.floor(Math.floor(i / units) / 4)},${i % units}`;
        counts.set(group, (counts.get(group) ?? 0) + Number(w !== 0));
      });
      return [Math.max(...counts.values())];
    });

  it('holds in what is stored and in what is exported, though units have lost all of their weights', async () => {
    const { model, report } = await run(cartPole, { granularity: '2:4', method: sparse });
    const read = model.parameters['q/output/kernel']!;
    expect(Array.from({ length: 256 }, (_, unit) => read[2 * unit] === 0 && read[2 * unit + 1] === 0)).toContain(true);
    expect(fullest(model)).toEqual([2, 2, 2]);
    expect(report.pruned.count.nonzeroWeights).toBeLessThanOrEqual(Math.ceil(0.4 * 67_072));
    expect(fullest(compact(readModel(writeModel(model))))).toEqual([2, 2, 2]);
  });

  it('binds no longer where whole units are removed later on', async () => {
    const { model } = await run(cartPole, { granularity: '2:4', method: sparse });
    const later = await run(model, { granularity: 'neuron', method: sparse });
    expect(later.report.pruned.count.hiddenUnits).toBeLessThanOrEqual(Math.ceil(0.4 * 512));
  });
});

describe('refuses before anything is done', () => {
  it.each([
    {
      what: 'overlapping seeds',
      change: { seeds: { ...recipe.seeds, test: recipe.seeds.train } },
      error: SeedOverlapError,
    },
    { what: 'an unknown environment', change: { environment: 'CartPole-v7' }, error: UnknownNameError },
    { what: 'an unknown granularity', change: { granularity: 'atom' }, error: UnknownNameError },
    { what: "another world's agent", change: { environment: 'Acrobot-v1' }, error: ModelDoesNotFitError },
    {
      what: 'an amount for a layer that is not there',
      change: { method: { ...byHand, layers: { dense_9: 'locked' as const } } },
      error: UnknownNameError,
    },
    {
      what: 'more than unlocked layers have',
      change: { method: { ...byHand, layers: { dense_2: 'locked' as const } } },
      error: LayerAmountsError,
    },
  ])('$what', async ({ change, error }) => {
    const context = recordingContext();
    const attempt = prune({ model: cartPole, recipe: { ...recipe, ...change }, backend: testBackend, context });
    await expect(attempt).rejects.toThrow(error);
    expect(context.progressSeen).toEqual([]);
  });
});
