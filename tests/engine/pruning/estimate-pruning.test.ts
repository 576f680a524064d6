import { describe, expect, it } from 'vitest';
import {
  ESTIMATED_SPARSITIES,
  estimateReportSchema,
  type EstimateReport,
} from '../../../src-main/contract/estimate.ts';
import type { LayerChoices } from '../../../src-main/contract/recipe.ts';
import { writeModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { EstimateNeedsPlayError, estimatePruning } from '../../../src-main/engine/pruning/estimate-pruning.ts';
import { pruneTo } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { NoRemovableLayerError, removeLayers } from '../../../src-main/engine/pruning/remove-layers.ts';
import { maskingOf } from './masking-of.ts';
import { NO_DATA } from '../../../src-main/engine/pruning/scoring-data.ts';
import { compactAt } from '../../../src-main/engine/pruning/surgery/compact-at.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { sampleModel } from '../networks/sample-models.ts';
import { machine, NANOSECONDS_PER_MAC } from './machine.ts';

/** 4-16-16-2: kernels of 64, 256 and 32 weights. */
const model = sampleModel({ inputs: 4, hidden: [16, 16] });

interface Asked {
  readonly granularity?: string;
  readonly criterion?: string;
  readonly allocation?: string;
  readonly layers?: LayerChoices;
  readonly multiple?: number;
  readonly of?: PolicyModel;
  readonly on?: ReturnType<typeof machine>;
}

function estimate(asked: Asked = {}): Promise<EstimateReport> {
  const { granularity = 'weight', criterion = 'l1', allocation = 'global', layers = {}, multiple = 1 } = asked;
  const { on = machine(), of = model } = asked;
  return estimatePruning({
    model: of,
    granularity: granularities.get(granularity),
    criterion: criteria.get(criterion),
    allocation: allocations.get(allocation),
    layers,
    multiple,
    random: new Random(1),
    ...on,
  });
}

/** Pruned at once and operated on. */
function pruned(sparsity: number, asked: Asked): PolicyModel {
  const { granularity = 'weight', allocation = 'global', layers = {}, multiple = 1 } = asked;
  const { network } = model.description;
  const scored = { ...model, network, criterion: criteria.get('l1'), data: NO_DATA, random: new Random(1) };
  const amount = { kind: 'sparsity', sparsity, allocation: allocations.get(allocation), layers, multiple } as const;
  const masks = pruneTo(maskingOf(granularity), scored, amount);
  return compactAt({ ...model, masks }, maskingOf(granularity));
}

it.each<Asked>([{}, { granularity: '2:4' }, { layers: { 'q/out': { sparsity: 0.5 } } }])(
  'the policy as it is stands beside them, whatever the smallest amount takes: %o',
  async (asked) => {
    const { dense } = await estimate(asked);
    const { layers, nonzeroWeights, hiddenUnits, macs } = countNetwork(model.description.network, model.parameters, {});
    expect(dense.layers.map(({ estimatedWeights }) => estimatedWeights)).toEqual(layers.map((layer) => layer.weights));
    expect(dense).toMatchObject({
      sparsity: 0,
      estimatedWeights: nonzeroWeights,
      estimatedUnits: hiddenUnits,
      estimatedMacs: macs,
    });
  },
);

describe('at every amount', () => {
  it.each<Asked>([
    {},
    { granularity: 'neuron' },
    { granularity: 'neuron', multiple: 4 },
    { granularity: 'hybrid' },
    { granularity: '2:4', allocation: 'lamp' },
    { allocation: 'erk', layers: { 'q/out': 'locked' } },
  ])('what pruning and surgery leave: %o', async (asked) => {
    const report = await estimate(asked);
    expect(estimateReportSchema.parse(report)).toEqual(report);
    expect(report.estimates.map(({ sparsity }) => sparsity)).toEqual(
      ESTIMATED_SPARSITIES.slice(0, report.estimates.length),
    );
    for (const estimated of report.estimates) {
      const left = pruned(estimated.sparsity, asked);
      const count = countNetwork(left.description.network, left.parameters, left.masks);
      expect(estimated).toEqual({
        sparsity: estimated.sparsity,
        layers: count.layers.map(({ name, nonzeroWeights, units }) => ({
          layer: name,
          estimatedWeights: nonzeroWeights,
          estimatedUnits: units,
        })),
        estimatedWeights: count.nonzeroWeights,
        estimatedUnits: count.hiddenUnits,
        estimatedMacs: count.macs,
        estimatedBytes: writeModel(left).length,
        estimatedMicroseconds: expect.closeTo(count.macs * NANOSECONDS_PER_MAC * 1e-3, 6) as number,
      });
    }
  });

  it('from nothing to 99 %, every twentieth and two more', () => {
    expect(ESTIMATED_SPARSITIES).toHaveLength(22);
    expect([0, 1, 3, 19, 20, 21].map((i) => ESTIMATED_SPARSITIES[i])).toEqual([0, 0.05, 0.15, 0.95, 0.98, 0.99]);
  });

  it('amounts that chosen layers do not allow are named, with the reason', async () => {
    const { estimates, impossible } = await estimate({ layers: { hidden_1: { sparsity: 0.5 } } });
    // 128 of 352 weights go in any case; 3 of the others have to stay.
    expect(estimates.map(({ sparsity }) => sparsity)).toEqual([0.4, 0.45, 0.5, 0.55, 0.6]);
    expect(impossible.map(({ sparsity }) => sparsity)).toEqual(
      ESTIMATED_SPARSITIES.filter((sparsity) => sparsity < 0.36 || sparsity > 0.63),
    );
    expect(impossible[0]!.message).toMatch(/at least 36\.36 % of all go, more than the 0 %/);
  });
});

describe('whole layers', () => {
  const layers = { granularity: 'layer', criterion: 'bypass' };
  /** Kernels of 80, 1024, 256 and 16 weights. */
  const deep = sampleModel({ inputs: 4, hidden: [20, 32, 8], seed: 3 });
  const random = new Random(4);
  const observations = Float32Array.from({ length: 400 * 4 }, () => random.normal());

  /** What is left when the named layers stay and as many others go as are not named. */
  function shallow(locked: readonly string[], left: number): PolicyModel {
    const criterion = criteria.get('bypass');
    const input = { model: deep, dense: deep, criterion, locked: new Set(locked), ...machine(), observations };
    return removeLayers(input, { kind: 'left', left }).model;
  }

  it('the largest goes first, and what is left has the size that its removal leaves', async () => {
    const report = await estimate({ ...layers, of: deep });
    expect(estimateReportSchema.parse(report)).toEqual(report);
    expect(report.estimates.map(({ sparsity }) => sparsity)).toEqual([0, 1 / 3, 2 / 3]);
    const expected = [deep, shallow(['hidden_0', 'hidden_2'], 2), shallow(['hidden_2'], 1)];
    for (const [i, left] of expected.entries()) {
      const count = countNetwork(left.description.network, left.parameters, left.masks);
      expect(report.estimates[i]).toMatchObject({
        layers: count.layers.map(({ name, nonzeroWeights, units }) => ({
          layer: name,
          estimatedWeights: nonzeroWeights,
          estimatedUnits: units,
        })),
        estimatedMacs: count.macs,
        estimatedBytes: writeModel(left).length,
        estimatedMicroseconds: expect.closeTo(count.macs * NANOSECONDS_PER_MAC * 1e-3, 6) as number,
      });
    }
  });

  it('a layer that is locked stays at every amount', async () => {
    const { estimates } = await estimate({ ...layers, of: deep, layers: { hidden_1: 'locked', hidden_2: 'locked' } });
    expect(estimates.map((estimated) => estimated.layers.map(({ layer }) => layer))).toEqual([
      ['hidden_0', 'hidden_1', 'hidden_2', 'q/out'],
      ['hidden_1', 'hidden_2', 'q/out'],
    ]);
  });

  it.each([
    ['that rank weights', { criterion: 'l1' }, /"l1" cannot rank at the granularity "layer"/],
    ['that spread', { allocation: 'erk' }, /"erk" has nothing to spread/],
    ['for a share of one', { layers: { hidden_1: { sparsity: 0.5 } } }, /share of the layer "hidden_1"/],
    ['for a multiple of units', { multiple: 8 }, /multiple/],
  ])('refuse choices %s', async (_, choices, message) => {
    await expect(estimate({ ...layers, of: deep, ...choices })).rejects.toThrow(message);
  });

  it('that cannot go are refused with the reason', async () => {
    const attempt = estimate({ ...layers, of: sampleModel({ inputs: 4, hidden: [16] }) });
    await expect(attempt).rejects.toThrow(NoRemovableLayerError);
  });
});

it('takes as much work on a slow machine as on a fast one', async () => {
  const work = async (slowdown: number): Promise<number> => {
    const on = machine(() => slowdown);
    await estimate({ on });
    return on.context.now() / slowdown;
  };
  const quick = await work(1);
  expect(await work(1000)).toBeCloseTo(quick, 6);
  // At most twice four million multiply-accumulates a round, nine rounds an amount.
  expect(quick).toBeLessThan(22 * 9 * 2 * 4e6 * NANOSECONDS_PER_MAC * 1e-6);
});

it('a person who stops gets the amounts that are done', async () => {
  const { estimates, stopped } = await estimate({ on: machine(undefined, 3) });
  expect(stopped).toBe(true);
  expect(estimates.map(({ sparsity }) => sparsity)).toEqual([0, 0.05, 0.1]);
});

it.each([
  ['a criterion', { criterion: 'wanda' }, /"wanda"/, /l1, l2, random, lamp instead/],
  ['a criterion of neurons', { criterion: 'activity', granularity: 'neuron' }, /"activity"/, /norm-product/],
  ['an allocation', { allocation: 'sensitivity' }, /"sensitivity"/, /uniform, global, erk, lamp/],
])('%s that looks at the policy at work is refused', async (_, asked, what, instead) => {
  const attempt = estimate(asked);
  await expect(attempt).rejects.toThrow(EstimateNeedsPlayError);
  await expect(attempt).rejects.toThrow(what);
  await expect(attempt).rejects.toThrow(expect.objectContaining({ hint: expect.stringMatching(instead) as string }));
});
