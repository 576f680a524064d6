// Whole layers from end to end, on the CartPole agent that ships with Secateur: 4-256-256-2.
import { describe, expect, it } from 'vitest';
import type { ManualMethod, PruneRecipe } from '../../../src-main/contract/recipe.ts';
import { pendulum } from '../../../src-main/engine/environments/pendulum.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { checkParameters } from '../../../src-main/engine/networks/shapes.ts';
import { playIn } from '../../../src-main/engine/pruning/experience.ts';
import { NothingToSpreadError } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { layer } from '../../../src-main/engine/pruning/granularity/layer.ts';
import { countHiddenLayers } from '../../../src-main/engine/pruning/hidden-layers.ts';
import { prune } from '../../../src-main/engine/pruning/prune.ts';
import { pruneByHand } from '../../../src-main/engine/pruning/prune-by-hand.ts';
import type { PruningOutcome } from '../../../src-main/engine/pruning/pruning-input.ts';
import { RewoundLayersError } from '../../../src-main/engine/pruning/recovery/rewind.ts';
import { LayerShareError, NoRemovableLayerError } from '../../../src-main/engine/pruning/remove-layers.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { byHand as oneShot, FEW_SEEDS, pruneRecipe } from '../../contract/recipes.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';
import { sampleModel } from '../networks/sample-models.ts';
import { cartPoleAgent, meanReturn } from './recovery/recovering.ts';

const method: ManualMethod = { ...oneShot, criterion: 'bypass', steps: 4 };

function byHand(
  change: Partial<ManualMethod>,
  options: { model?: PolicyModel; context?: ReturnType<typeof recordingContext> } = {},
): Promise<PruningOutcome> {
  const { model = sampleModel({ inputs: 4, hidden: [8, 8, 8], actions: 2 }), context = recordingContext() } = options;
  return pruneByHand(
    {
      dense: model,
      experience: playIn(model.description.actionSpace.kind === 'box' ? pendulum : cartPole, FEW_SEEDS),
      granularity: layer,
      backend: testBackend,
      random: new Random(3),
      context,
    },
    { ...method, ...change },
  );
}

const hidden = ({ description }: PolicyModel): number => countHiddenLayers(description.network);
const source = { kind: 'model', id: 'm' } as const;

describe('by hand', () => {
  it('half of the layers go, the policy is healed, and holds its return; the report has the proof', async () => {
    const recipe: PruneRecipe = pruneRecipe(source, {
      granularity: 'layer',
      method: { ...method, recovery: { method: 'distill', updates: 600 } },
    });
    const context = recordingContext();
    const { model, report } = await prune({ model: cartPoleAgent(), recipe, backend: testBackend, context });
    expect(hidden(model)).toBe(1);
    expect(model.masks).toEqual({});
    checkParameters(model.description.network, model.parameters);
    expect(report).toMatchObject({ granularity: 'layer', keptOnTest: 1, keptOnValidation: 1 });
    expect(meanReturn(model)).toBe(500);
    expect(report.pruned.count.weights).toBeLessThan(0.03 * report.dense.count.weights);
    expect(report.surgery.largestDifference).toBeGreaterThan(0);
    expect(report.surgery.largestDifference).toBeLessThan(1e-4);
    expect(context.logSeen.join('\n')).toMatch(/dense_[12] is removed: that changes \d+\.\d % of the decisions/);
  });

  it.each(['one-shot', 'iterative', 'polynomial'])(
    'with the schedule %s as many go as were asked for, trained in between',
    async (schedule) => {
      const recovery = { method: 'distill', updates: 40 };
      const { pruned, stopped } = await byHand({ schedule, recovery, amount: { kind: 'sparsity', sparsity: 0.67 } });
      expect(stopped).toBe(false);
      expect(hidden(pruned)).toBe(1);
      checkParameters(pruned.description.network, pruned.parameters);
      expect(Object.values(pruned.parameters).every((values) => values.every(Number.isFinite))).toBe(true);
    },
  );

  it.each(['fine-tune', 'evolve'])('what is left can be healed by %s', async (recovery) => {
    const { pruned } = await byHand({ recovery: { method: recovery, updates: 2 } });
    expect(hidden(pruned)).toBe(2);
    checkParameters(pruned.description.network, pruned.parameters);
  });

  it('the actor of PPO, with continuous actions, is healed beside a new critic', async () => {
    const model = sampleModel({ inputs: 3, hidden: [8, 8], actions: 1, kind: 'actor-critic' });
    const { description } = model;
    const policy: PolicyModel = {
      ...model,
      description: {
        ...description,
        algorithm: 'ppo',
        network: { ...description.network, heads: description.network.heads.filter(({ name }) => name === 'policy') },
        policy: { kind: 'mean', head: 'policy', logStd: [0] },
        actionSpace: pendulum.actionSpace,
      },
      parameters: Object.fromEntries(Object.entries(model.parameters).filter(([name]) => name.startsWith('policy/'))),
    };
    const { pruned } = await byHand({ recovery: { method: 'fine-tune', updates: 4 } }, { model: policy });
    expect(hidden(pruned)).toBe(1);
    expect(Object.keys(pruned.parameters).every((name) => name.startsWith('policy/'))).toBe(true);
    checkParameters(pruned.description.network, pruned.parameters);
  });

  it('is the same with the same seed', async () => {
    const how = { recovery: { method: 'distill', updates: 20 } };
    expect((await byHand(how)).pruned).toEqual((await byHand(how)).pruned);
  });

  it('a share too small for one layer changes nothing, not by a bit', async () => {
    const model = sampleModel({ inputs: 4, hidden: [8, 8, 8], actions: 2 });
    const { pruned, largestDifference } = await byHand({ amount: { kind: 'sparsity', sparsity: 0.3 } }, { model });
    expect(pruned.parameters).toEqual(model.parameters);
    expect(largestDifference).toBe(0);
  });

  it('a locked layer stays', async () => {
    const { pruned } = await byHand({ layers: { hidden_2: 'locked' }, amount: { kind: 'sparsity', sparsity: 0.9 } });
    expect(pruned.description.network.trunk.concat(pruned.description.network.heads[0]!.layers)).toContainEqual(
      expect.objectContaining({ name: 'hidden_2' }),
    );
    expect(hidden(pruned)).toBe(1);
  });

  it.each<[string, Partial<ManualMethod>, PolicyModel | undefined, new (...args: never[]) => Error, string]>([
    ['a share of one layer', { layers: { hidden_1: { sparsity: 0.5 } } }, undefined, LayerShareError, '"hidden_1"'],
    ['an allocation', { allocation: 'erk' }, undefined, NothingToSpreadError, '"erk"'],
    [
      'rewinding',
      { rewind: 'weights', schedule: 'iterative', recovery: { method: 'distill', updates: 10 } },
      undefined,
      RewoundLayersError,
      'weights',
    ],
    ['a network with one layer', {}, sampleModel({ inputs: 4, hidden: [8] }), NoRemovableLayerError, 'one stays'],
    ['a network without any', {}, sampleModel({ inputs: 4, hidden: [] }), NoRemovableLayerError, 'it has none'],
  ])('%s is refused', async (_, change, model, error, says) => {
    const attempt = byHand(change, model && { model });
    await expect(attempt).rejects.toThrow(error);
    await expect(attempt).rejects.toThrow(says);
  });
});

describe('automatically', () => {
  it('layers go as long as the return holds', async () => {
    const recipe = pruneRecipe(source, {
      granularity: 'layer',
      method: { kind: 'automatic', target: { kind: 'return', keep: 0.9 } },
    });
    const context = recordingContext();
    const { model, report } = await prune({ model: cartPoleAgent(), recipe, backend: testBackend, context });
    expect(hidden(model)).toBe(1);
    expect(report.trials.map(({ accepted, granularity }) => [accepted, granularity])).toEqual([[true, 'layer']]);
    expect(report.keptOnTest).toBeGreaterThan(0.9);
  });

  it('layers go until the policy fits a size', async () => {
    const recipe = pruneRecipe(source, {
      granularity: 'layer',
      method: { kind: 'automatic', target: { kind: 'bytes', bytes: 20_000 } },
    });
    const { model, report } = await prune({
      model: cartPoleAgent(),
      recipe,
      backend: testBackend,
      context: recordingContext(),
    });
    expect(hidden(model)).toBe(1);
    expect(report.budget).toMatchObject({ kind: 'bytes', met: true });
  });
});
