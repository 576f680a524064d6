// Pruning where nothing can be played: what the report claims, against the same policy played after all.
import { describe, expect, it } from 'vitest';
import type { DataPruneRecipe } from '../../../src-main/contract/recipe.ts';
import { acrobot } from '../../../src-main/engine/environments/acrobot.ts';
import { writeModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import { readModelFile } from '../../../src-main/engine/formats/registry.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { decisionsOf } from '../../../src-main/engine/pruning/decisions.ts';
import { NothingToPlayError } from '../../../src-main/engine/pruning/experience.ts';
import { pruneFromData } from '../../../src-main/engine/pruning/prune-from-data.ts';
import { TooFewObservationsError } from '../../../src-main/engine/pruning/share-observations.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';
import { thirdPartyAgent } from '../formats/fixtures.ts';
import { sampleModel } from '../networks/sample-models.ts';
import { recordedIn } from './recorded.ts';
import { meanReturn } from './recovery/recovering.ts';
import { byHand } from '../../contract/recipes.ts';

/** It brings its own normaliser; what is recorded is raw. */
const agent = policyOnly(
  readModelFile({
    ...thirdPartyAgent('a2c-Acrobot-v1.zip'),
    normalizer: thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl'),
  }).model,
);
const seen = recordedIn(acrobot, agent, { first: 0, count: 20 });
const automatic: DataPruneRecipe['method'] = { kind: 'automatic', target: { kind: 'agreement', keep: 0.9 } };

const recipe: DataPruneRecipe = {
  kind: 'prune',
  version: 1,
  seed: 5,
  backend: 'auto',
  basis: 'observations',
  source: { kind: 'file', path: '-', normalizer: null },
  observations: { kind: 'file', path: '-' },
  granularity: 'neuron',
  method: automatic,
  export: null,
};

const run = (
  changes: Partial<DataPruneRecipe> = {},
  options: { observations?: typeof seen; model?: PolicyModel; breaths?: number } = {},
): ReturnType<typeof pruneFromData> =>
  pruneFromData({
    model: options.model ?? agent,
    recipe: { ...recipe, ...changes },
    observations: options.observations ?? seen,
    backend: testBackend,
    context: recordingContext(options.breaths),
  });

/** On states of episodes that are in no file. */
function agreementOnFresh(child: PolicyModel): number {
  const { values } = recordedIn(acrobot, agent, { first: 70_000, count: 10 });
  const [ours, theirs] = [agent, child].map((model) =>
    decisionsOf({ model, backend: testBackend, observations: values }),
  );
  if (ours?.kind !== 'discrete' || theirs?.kind !== 'discrete') throw new Error('its actions are discrete');
  return ours.actions.filter((action, i) => action === theirs.actions[i]).length / ours.actions.length;
}

describe('automatically', () => {
  it('what is kept for certain is kept in fresh episodes too, and the policy that nobody played swings up', async () => {
    const { model, report } = await run();
    const count = countNetwork(model.description.network, model.parameters, model.masks);
    expect(report.pruned.count).toEqual(count);
    expect(count.hiddenUnits).toBeLessThan(20);
    expect(report.pruned.bytes).toBe(writeModel(model).length);
    expect(report.keep).toBe(0.9);
    expect(report.agreement.validation.interval.low).toBeGreaterThanOrEqual(0.9);
    expect(report.agreement.test.mean).toBeGreaterThanOrEqual(0.9);
    expect(agreementOnFresh(model)).toBeGreaterThanOrEqual(0.9);
    // It was never asked for; a policy that does nothing returns −500.
    expect(meanReturn(model, acrobot)).toBeGreaterThan(meanReturn(agent, acrobot) - 30);
    const { rows, train, validation, test } = report.observations;
    expect(rows).toBe(seen.rows);
    expect(train + validation + test).toBeGreaterThan(rows - 20);
    for (const { accepted, keptShare, meanReturn: played } of report.trials) {
      expect(played).toBeNull();
      if (accepted) expect(keptShare).toBeGreaterThanOrEqual(0.9);
    }
    expect(report.trials.some(({ accepted }) => accepted)).toBe(true);
  }, 60_000);

  it('a person who stops gets what there is, measured', async () => {
    const { report } = await run({}, { breaths: 5 });
    expect(report.stopped).toBe(true);
    expect(report.agreement.test.mean).toBe(1);
  });
});

describe('by hand', () => {
  const distilled = {
    ...byHand,
    amount: { kind: 'sparsity', sparsity: 0.9 },
    recovery: { method: 'distill', updates: 600 },
  };
  const method = distilled as DataPruneRecipe['method'];

  it('distillation on the training share brings decisions back, and the same seed gives the same bytes', async () => {
    const bare = { ...distilled, recovery: { method: 'none', updates: 0 } } as DataPruneRecipe['method'];
    const [healed, again, cut] = await Promise.all(
      [method, method, bare].map((chosen) => run({ granularity: 'weight', method: chosen })),
    );
    expect(healed!.report.agreement.test.mean).toBeGreaterThan(cut!.report.agreement.test.mean);
    expect(writeModel(again!.model)).toEqual(writeModel(healed!.model));
    expect(healed!.report.pruned.count.nonzeroWeights).toBeLessThan(470);
  }, 60_000);

  const small = sampleModel({ inputs: 6, hidden: [16, 8], actions: 3 });

  it.each(['wanda', 'taylor', 'fisher', 'snip', 'movement'])('weights by %s', async (criterion) => {
    const chosen = {
      ...distilled,
      criterion,
      recovery: { method: 'distill', updates: 20 },
    } as DataPruneRecipe['method'];
    const { report } = await run({ granularity: 'weight', method: chosen }, { model: small });
    expect(report.pruned.count.nonzeroWeights).toBeLessThan(0.11 * report.dense.count.weights);
  });

  it.each(['activity', 'apoz', 'dormancy', 'information-gain', 'shapley'])(
    'units by %s',
    async (criterion) => {
      const chosen = { ...byHand, criterion } as DataPruneRecipe['method'];
      const { report } = await run({ method: chosen }, { model: small });
      expect(report.pruned.count.hiddenUnits).toBeLessThan(report.dense.count.hiddenUnits);
    },
    60_000,
  );

  it('what plays is refused where it would play', async () => {
    const refused = [
      { ...distilled, recovery: { method: 'fine-tune', updates: 10 } },
      { ...distilled, recovery: { method: 'evolve', updates: 10 } },
      { ...distilled, allocation: 'sensitivity' },
    ];
    for (const chosen of refused) {
      const running = run({ granularity: 'weight', method: chosen as DataPruneRecipe['method'] }, { model: small });
      await expect(running).rejects.toBeInstanceOf(NothingToPlayError);
    }
    const shapley = { ...byHand, criterion: 'shapley-return' } as DataPruneRecipe['method'];
    await expect(run({ method: shapley }, { model: small })).rejects.toBeInstanceOf(NothingToPlayError);
  });
});

describe('continuous actions', () => {
  const { description, ...numbers } = sampleModel({ inputs: 1, hidden: [20, 20], actions: 1, activation: 'tanh' });
  const unbounded = { kind: 'box', shape: [1], low: [-Number.MAX_VALUE], high: [Number.MAX_VALUE] } as const;
  const policy = { kind: 'mean', head: 'q', logStd: [0] } as const;
  const gaussian: PolicyModel = { ...numbers, description: { ...description, policy, actionSpace: unbounded } };
  const random = new Random(4);
  const values = Float32Array.from({ length: 1500 }, () => random.between(-1, 1));
  const observations = { rows: 1500, values };

  it('its mean stays near the parent’s, as near as the report says, in a space that has no bounds', async () => {
    const { model, report } = await run({}, { model: gaussian, observations });
    expect(report.agreement.test.kind).toBe('continuous');
    expect(report.agreement.test.interval.low).toBeGreaterThan(0.88);
    expect(report.pruned.count.hiddenUnits).toBeLessThan(30);
    const fresh = Float32Array.from({ length: 500 }, () => random.between(-1, 1));
    const [ours, theirs] = [gaussian, model].map((each) => {
      const decided = decisionsOf({ model: each, backend: testBackend, observations: fresh });
      if (decided.kind !== 'continuous') throw new Error('its actions are continuous');
      return [...decided.actions];
    });
    const mean = ours!.reduce((sum, action) => sum + action / 500, 0);
    const unit = ours!.reduce((sum, action) => sum + Math.abs(action - mean) / 500, 0);
    const apart = ours!.reduce((sum, action, i) => sum + Math.abs(action - theirs![i]!) / 500, 0);
    expect(1 - apart / unit).toBeGreaterThan(0.88);
  }, 30_000);

  it('into a budget', async () => {
    const method = { kind: 'automatic', target: { kind: 'bytes', bytes: 1500 } } as const;
    const { model, report } = await run({ method }, { model: gaussian, observations });
    expect(writeModel(model).length).toBeLessThanOrEqual(1500);
    expect(report.budget).toMatchObject({ kind: 'bytes', allowed: 1500, met: true });
    expect(report.keep).toBeNull();
  }, 30_000);
});

it('too few observations', async () => {
  const few = { rows: 400, values: seen.values.subarray(0, 2400) };
  await expect(run({}, { observations: few })).rejects.toBeInstanceOf(TooFewObservationsError);
});
