import { describe, expect, it } from 'vitest';
import type { ManualMethod } from '../../../src-main/contract/recipe.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import type { EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { pendulum } from '../../../src-main/engine/environments/pendulum.ts';
import { canStandardize } from '../../../src-main/engine/networks/standardize-inputs.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../src-main/engine/networks/parameters.ts';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { canRank, CriterionGranularityError } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { playIn } from '../../../src-main/engine/pruning/experience.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { MovementWithoutTrainingError } from '../../../src-main/engine/pruning/movement.ts';
import { pruneByHand, ThresholdScheduleError } from '../../../src-main/engine/pruning/prune-by-hand.ts';
import type { PruningOutcome } from '../../../src-main/engine/pruning/pruning-input.ts';
import { compact } from '../../../src-main/engine/pruning/surgery/compact.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';
import { byHand as oneShot } from '../../contract/recipes.ts';
import { testBackend } from '../../test-backend.ts';
import { recordingContext } from '../../recording-context.ts';
import { referenceForward } from '../../reference-network.ts';
import { natureModel, sampleModel } from '../networks/sample-models.ts';
import { expectClose } from '../numerics/expect-close.ts';
import { litCell, litCellAgent } from './lit-cell.ts';
import { masksHold, meanReturn } from './recovery/recovering.ts';

const method: ManualMethod = { ...oneShot, steps: 4 };
const dense = sampleModel({ inputs: 4, hidden: [8, 8], actions: 2 });

function byHand(
  change: Partial<ManualMethod>,
  options: { model?: PolicyModel; granularity?: string; environment?: EnvironmentDefinition; breaths?: number } = {},
): Promise<PruningOutcome> {
  const { model = dense, granularity = 'weight', environment = cartPole, breaths } = options;
  return pruneByHand(
    {
      dense: model,
      experience: playIn(environment, {
        train: { first: 0, count: 100 },
        validation: { first: 100, count: 2 },
      }),
      granularity: granularities.get(granularity),
      backend: testBackend,
      random: new Random(3),
      context: recordingContext(breaths),
    },
    { ...method, ...change },
  );
}

const nonzero = ({ description, parameters, masks }: PolicyModel): number =>
  countNetwork(description.network, parameters, masks).nonzeroWeights;
const total = nonzero(dense);

describe('without recovery', () => {
  it('a threshold λ makes |θ| ≤ λ zero, equality included, and changes nothing else, not by a bit', async () => {
    const lambda = Math.abs(dense.parameters['hidden_0/kernel']![3]!);
    const { pruned } = await byHand({ amount: { kind: 'threshold', threshold: lambda } });
    const expected = Object.fromEntries(
      Object.entries(dense.parameters).map(([name, values]) => [
        name,
        name.endsWith('/bias') ? values : values.map((w) => (Math.abs(w) <= lambda ? 0 : w)),
      ]),
    );
    expect(pruned.parameters).toEqual(expected);
    expect(pruned.parameters['hidden_0/kernel']![3]).toBe(0);
    expect(pruned.description).toEqual(dense.description);
  });

  it.each(['one-shot', 'iterative', 'polynomial'])('the schedule %s ends at the share asked for', async (schedule) => {
    const { pruned, stopped, trials } = await byHand({ schedule, amount: { kind: 'sparsity', sparsity: 0.75 } });
    expect({ stopped, trials }).toEqual({ stopped: false, trials: [] });
    expect(nonzero(pruned)).toBe(total - Math.floor(0.75 * total));
  });

  it('magnitudes do not depend on when they are cut: in steps as at once', async () => {
    const [once, gradually] = await Promise.all([byHand({}), byHand({ schedule: 'polynomial' })]);
    expect(gradually.pruned).toEqual(once.pruned);
  });

  it.each(['one-shot', 'iterative', 'polynomial'])('%s gives layers what was chosen for them', async (schedule) => {
    // 4-8-8-2: 32, 64 and 16 weights. On the way less goes from each, in proportion.
    const layers = { hidden_0: { sparsity: 0.9 }, 'q/out': 'locked' } as const;
    const { pruned } = await byHand({ schedule, layers, amount: { kind: 'sparsity', sparsity: 0.3 } });
    const zeros = (name: string): number => pruned.masks[`${name}/kernel`]!.filter((kept) => kept === 0).length;
    expect(['hidden_0', 'hidden_1', 'q/out'].map(zeros)).toEqual([28, Math.floor(0.3 * total) - 28, 0]);
  });

  it('by sensitivity, a person who stops while it is measured has changed nothing', async () => {
    const { pruned } = await byHand({ allocation: 'sensitivity', amount: { kind: 'sparsity', sparsity: 0.75 } });
    expect(nonzero(pruned)).toBe(total - Math.floor(0.75 * total));
    const stopped = await byHand({ allocation: 'sensitivity' }, { breaths: 0 });
    expect(stopped).toEqual({ pruned: dense, trials: [], budget: null, stopped: true });
  });

  it('a share of zero is the model itself', async () => {
    const { pruned } = await byHand({ amount: { kind: 'sparsity', sparsity: 0 } });
    expect(pruned.parameters).toEqual(dense.parameters);
  });

  const combinations = criteria.all.flatMap((criterion) =>
    granularities.all
      // Of channels below, on images; of whole layers in prune-layers.test.ts.
      .filter(({ id }) => id !== 'channel' && id !== 'layer')
      .filter((granularity) => criterion.needs !== 'movement' && canRank(criterion, granularity))
      .map((granularity) => ({ criterion: criterion.id, granularity: granularity.id })),
  );
  it.each(combinations)('$criterion prunes by $granularity, with the same seed the same', async (how) => {
    const { criterion, granularity } = how;
    const run = (): Promise<PruningOutcome> => byHand({ criterion }, { granularity });
    const { pruned } = await run();
    if (granularity === 'neuron' || granularity === 'unit') {
      const [first, second] = [pruned.masks['hidden_0/bias']!, pruned.masks['hidden_1/bias']!];
      expect([...first, ...second].filter((kept) => kept === 1)).toHaveLength(8);
    } else expect(nonzero(pruned)).toBe(total - Math.floor(0.5 * total));
    expect((await run()).pruned).toEqual(pruned);
  });

  it('a threshold of τ on dormancy removes the units whose E|h| is at most τ of their layer’s mean', async () => {
    const bias = dense.parameters['hidden_0/bias']!.map((b, unit) => (unit % 3 === 0 ? -100 : b + 1));
    const model = { ...dense, parameters: { ...dense.parameters, 'hidden_0/bias': bias } };
    const amount = { kind: 'threshold', threshold: 0.025 } as const;
    const { pruned } = await byHand({ criterion: 'dormancy', amount }, { model, granularity: 'neuron' });
    expect(pruned.masks['hidden_0/bias']).toEqual(Uint8Array.of(0, 1, 1, 0, 1, 1, 0, 1));
  });

  it.each(['taylor', 'sensitivity', 'information-gain'])('%s looks at continuous actions too', async (criterion) => {
    const model = sampleModel({ inputs: 3, hidden: [8, 8], actions: 1, kind: 'shared' });
    const { description } = policyOnly(model);
    const actor: PolicyModel = {
      ...policyOnly(model),
      description: {
        ...description,
        policy: { kind: 'mean', head: 'policy', logStd: [0] },
        actionSpace: pendulum.actionSpace,
      },
    };
    const { pruned } = await byHand({ criterion }, { model: actor, granularity: 'neuron', environment: pendulum });
    const scored = Object.values(pruned.masks).map((mask) => mask.filter((kept) => kept === 1).length);
    expect(scored.every((count) => count > 0)).toBe(true);
    expect(nonzero(pruned)).toBeLessThan(nonzero(actor));
  });
});

describe('channels of images', () => {
  const shape = [5, 5, 2] as const;
  const image = litCellAgent(shape, 6, 6);
  const environment = litCell(shape);
  const channels = ({ masks }: PolicyModel): number => masks['conv/bias']!.filter((kept) => kept === 1).length;
  const able = criteria.all.filter(
    (criterion) => criterion.needs !== 'movement' && canRank(criterion, granularities.get('channel')),
  );

  it.each(able.map(({ id }) => id))('%s takes half of them', async (criterion) => {
    const run = (): Promise<PruningOutcome> =>
      byHand({ criterion }, { model: image, granularity: 'channel', environment });
    const { pruned } = await run();
    expect(channels(pruned)).toBe(3);
    expect((await run()).pruned).toEqual(pruned);
  });

  it.each(['activity', 'taylor', 'shapley', 'shapley-return', 'l1', 'dormancy'])(
    '%s keeps the one that everything hangs on, and the policy is as good with it alone',
    async (criterion) => {
      const amount = { kind: 'sparsity', sparsity: 0.9 } as const;
      const { pruned } = await byHand({ criterion, amount }, { model: image, granularity: 'channel', environment });
      expect(pruned.masks['conv/bias']).toEqual(Uint8Array.of(1, 0, 0, 0, 0, 0));
      expect(meanReturn(pruned, environment)).toBe(environment.maxEpisodeSteps);
      expect(meanReturn(compact(pruned), environment)).toBe(environment.maxEpisodeSteps);
    },
  );

  it('neurons and channels together, in steps, with distillation', async () => {
    const { pruned } = await byHand(
      { schedule: 'iterative', steps: 2, recovery: { method: 'distill', updates: 8 }, criterion: 'activity' },
      { model: image, granularity: 'unit', environment },
    );
    expect(masksHold(pruned)).toBe(true);
    const kept = channels(pruned) + pruned.masks['dense/bias']!.filter((k) => k === 1).length;
    expect(kept).toBe(6);
  });

  it('of the Nature CNN, and what is left is one with fewer that answers as the masked one', async () => {
    const nature = natureModel(2);
    const world = litCell([84, 84, 4], 3);
    const { pruned } = await byHand(
      { criterion: 'activity' },
      { model: nature, granularity: 'channel', environment: world },
    );
    const operated = compact(pruned);
    const filters = operated.description.network.trunk.flatMap((layer) =>
      layer.kind === 'conv2d' ? [layer.filters] : [],
    );
    expect(filters.reduce((sum, count) => sum + count, 0)).toBe(80);
    const observation = Array.from({ length: 84 * 84 * 4 }, (_, i) => 127 + 128 * Math.sin(i * i));
    const answer = ({ description, parameters, masks }: PolicyModel): number[] =>
      referenceForward({ network: description.network, parameters: applyMasks(parameters, masks), observation });
    expectClose(answer(operated), answer(pruned), 1e-5, 'outputs');
  });
});

describe('with recovery', () => {
  it.each([
    { recovery: { method: 'distill', updates: 12 }, granularity: 'weight', criterion: 'wanda-lamp' },
    { recovery: { method: 'distill', updates: 12 }, granularity: 'neuron', criterion: 'norm-product' },
    { recovery: { method: 'fine-tune', updates: 12 }, granularity: 'weight', criterion: 'l1' },
    { recovery: { method: 'distill', updates: 12 }, granularity: '2:4', criterion: 'taylor' },
    { recovery: { method: 'distill', updates: 12 }, granularity: 'neuron', criterion: 'information-gain' },
    { recovery: { method: 'evolve', updates: 3 }, granularity: 'neuron', criterion: 'activity' },
  ])('$recovery.method trains between the cuts of $granularity, on raw inputs in the end', async (choice) => {
    const { granularity, ...change } = choice;
    const { pruned, stopped } = await byHand({ ...change, schedule: 'iterative', steps: 3 }, { granularity });
    expect(stopped).toBe(false);
    expect(pruned.description).toEqual(dense.description);
    expect(canStandardize(pruned)).toBe(true);
    expect(masksHold(pruned)).toBe(true);
    const trained = Object.entries(pruned.parameters).some(([name, values]) =>
      values.some((w, i) => w !== 0 && Math.abs(w - dense.parameters[name]![i]!) > 1e-5),
    );
    expect(trained).toBe(true);
    if (granularity !== 'neuron') expect(nonzero(pruned)).toBe(total - Math.floor(0.5 * total));
    else expect(Object.values(pruned.masks).flatMap((mask) => [...mask.slice(0, 8)])).toContain(0);
  });

  describe('by movement', () => {
    const distilled = { method: 'distill', updates: 20 };

    it.each(['one-shot', 'iterative', 'polynomial'])('trains before it cuts, on the schedule %s', async (schedule) => {
      const run = (): Promise<PruningOutcome> =>
        byHand({ criterion: 'movement', schedule, recovery: distilled, amount: { kind: 'sparsity', sparsity: 0.75 } });
      const { pruned } = await run();
      expect(nonzero(pruned)).toBe(total - Math.floor(0.75 * total));
      expect(masksHold(pruned)).toBe(true);
      expect((await run()).pruned).toEqual(pruned);
    });

    it('takes a weight that training brings towards zero before one that it carries away', async () => {
      const { pruned } = await byHand({ criterion: 'movement', recovery: distilled });
      const { pruned: trained } = await byHand({
        recovery: distilled,
        amount: { kind: 'sparsity', sparsity: 0 },
      });
      // How much further from zero training alone carries a weight, of those that go and of those that stay.
      const carried = (kept: 0 | 1): number => {
        const changes = Object.entries(pruned.masks).flatMap(([name, mask]) =>
          Array.from(mask, (m, i) => ({
            m,
            change: Math.abs(trained.parameters[name]![i]!) - Math.abs(dense.parameters[name]![i]!),
          })),
        );
        const own = changes.filter(({ m }) => m === kept).map(({ change }) => change);
        return own.reduce((sum, change) => sum + change, 0) / own.length;
      };
      expect(carried(0)).toBeLessThan(carried(1));
    });
  });

  it.each(['learning-rate', 'weights'] as const)(
    'rewinding (%s) ends sparse, trained, and elsewhere',
    async (rewind) => {
      const how = { schedule: 'iterative', steps: 3, recovery: { method: 'distill', updates: 30 } };
      const { pruned } = await byHand({ ...how, rewind });
      expect(masksHold(pruned)).toBe(true);
      expect(nonzero(pruned)).toBe(total - Math.floor(0.5 * total));
      expect(pruned.parameters).not.toEqual((await byHand(how)).pruned.parameters);
      expect((await byHand({ ...how, rewind })).pruned).toEqual(pruned);
    },
  );

  it('a person who stops gets what is there', async () => {
    const { pruned, stopped } = await byHand(
      { schedule: 'iterative', recovery: { method: 'distill', updates: 400 } },
      { breaths: 5 },
    );
    expect(stopped).toBe(true);
    expect(masksHold(pruned)).toBe(true);
    expect(nonzero(pruned)).toBeLessThan(total);
    expect(nonzero(pruned)).toBeGreaterThan(0.5 * total);
  });
});

it('a model that was pruned before keeps what it has lost', async () => {
  const { pruned: once } = await byHand({ amount: { kind: 'sparsity', sparsity: 0.8 } });
  const { pruned: twice } = await byHand(
    { amount: { kind: 'sparsity', sparsity: 0.5 }, criterion: 'random', recovery: { method: 'distill', updates: 5 } },
    { model: once },
  );
  for (const [name, mask] of Object.entries(once.masks)) {
    mask.forEach((kept, i) => {
      if (kept === 0) expect(twice.parameters[name]![i]).toBe(0);
    });
  }
});

describe('refuses, and says what is possible', () => {
  it.each([
    { why: /unknown criterion "charm"/, hint: 'lamp', change: { criterion: 'charm' }, error: UnknownNameError },
    { why: /unknown schedule "never"/, hint: 'one-shot', change: { schedule: 'never' }, error: UnknownNameError },
    { why: /unknown allocation "some"/, hint: 'erk', change: { allocation: 'some' }, error: UnknownNameError },
    {
      why: /unknown recovery "hope"/,
      hint: 'distill',
      change: { recovery: { method: 'hope', updates: 1 } },
      error: UnknownNameError,
    },
    { why: /"activity".*"weight"/, hint: 'l1', change: { criterion: 'activity' }, error: CriterionGranularityError },
    {
      why: /"movement".*"none"/,
      hint: 'distill',
      change: { criterion: 'movement' },
      error: MovementWithoutTrainingError,
    },
    {
      why: /"movement".*"evolve"/,
      hint: 'taylor',
      change: { criterion: 'movement', recovery: { method: 'evolve', updates: 5 } },
      error: MovementWithoutTrainingError,
    },
    {
      why: /threshold.*"polynomial"/,
      hint: 'one-shot',
      change: { schedule: 'polynomial', amount: { kind: 'threshold', threshold: 1 } as const },
      error: ThresholdScheduleError,
    },
  ])('$why', async ({ why, hint, change, error }) => {
    const attempt = byHand(change);
    await expect(attempt).rejects.toThrow(error);
    await expect(attempt).rejects.toThrow(why);
    await expect(attempt).rejects.toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) as string }));
  });
});
