import { describe, expect, it } from 'vitest';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { bypass } from '../../../src-main/engine/pruning/criteria/bypass.ts';
import { l1 } from '../../../src-main/engine/pruning/criteria/l1.ts';
import { CriterionGranularityError } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { layer } from '../../../src-main/engine/pruning/granularity/layer.ts';
import { countHiddenLayers } from '../../../src-main/engine/pruning/hidden-layers.ts';
import {
  layersLeft,
  LayerShareError,
  lockedLayers,
  removeLayers,
  type LayerAmount,
  type LayerRemoval,
} from '../../../src-main/engine/pruning/remove-layers.ts';
import { decisionLoss, tryBypasses } from '../../../src-main/engine/pruning/try-bypasses.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';
import { testBackend as backend } from '../../test-backend.ts';
import { natureModel, sampleModel } from '../networks/sample-models.ts';

const random = new Random(8);
const observations = Float32Array.from({ length: 500 * 4 }, () => random.normal());

/** Three hidden layers, of which the second is never silent: on these states it is an affine map. */
function withAffineSecond(): PolicyModel {
  const model = sampleModel({ inputs: 4, hidden: [12, 12, 12], actions: 3, seed: 2 });
  const louder = (name: string, factor: number): Float32Array => model.parameters[name]!.map((w) => factor * w);
  return {
    ...model,
    parameters: {
      ...model.parameters,
      // What is silenced counts in the first and third.
      'hidden_0/kernel': louder('hidden_0/kernel', 4),
      'hidden_2/kernel': louder('hidden_2/kernel', 6),
      'hidden_1/bias': model.parameters['hidden_1/bias']!.map((b) => b + 20),
      'hidden_2/bias': model.parameters['hidden_2/bias']!.map(
        (b, j) =>
          b - 6 * 20 * model.parameters['hidden_2/kernel']!.reduce((sum, w, i) => (i % 12 === j ? sum + w : sum), 0),
      ),
    },
  };
}
const deep = withAffineSecond();

function remove(amount: LayerAmount, changes: { model?: PolicyModel; locked?: string[] } = {}): LayerRemoval {
  const { model = deep, locked = [] } = changes;
  const names = new Set(locked);
  return removeLayers({ model, dense: model, criterion: bypass, locked: names, backend, observations }, amount);
}

const hidden = ({ description }: PolicyModel): number => countHiddenLayers(description.network);

describe('whole layers', () => {
  it('are tried one by one: what is affine on the states costs nothing', () => {
    const losses = tryBypasses({ model: deep, dense: deep, backend, observations });
    expect(losses.map(({ layer: name }) => name)).toEqual(['hidden_0', 'hidden_1', 'hidden_2']);
    const [first, second, third] = losses.map(({ loss }) => loss);
    expect(second).toBeLessThan(0.01);
    expect(first).toBeGreaterThan(0.03);
    expect(third).toBeGreaterThan(0.03);
  });

  it('go in the order in which they are missed least, and the model that was given stays as it was', () => {
    const before = structuredClone(deep.parameters);
    const { model, removed, largestDifference } = remove({ kind: 'left', left: 2 });
    expect(removed.map(({ layer: name }) => name)).toEqual(['hidden_1']);
    expect(Object.keys(model.parameters).sort()).toEqual(
      Object.keys(deep.parameters)
        .filter((name) => !name.startsWith('hidden_1/'))
        .sort(),
    );
    expect(largestDifference).toBeLessThan(1e-4);
    expect(deep.parameters).toEqual(before);
  });

  it('stay as far as they are locked, and one of them always stays', () => {
    const locked = remove({ kind: 'left', left: 2 }, { locked: ['hidden_1'] });
    expect(locked.removed.map(({ layer: name }) => name)).not.toContain('hidden_1');
    expect(hidden(locked.model)).toBe(2);
    expect(hidden(remove({ kind: 'left', left: 0 }).model)).toBe(1);
    expect(hidden(remove({ kind: 'threshold', threshold: 1 }).model)).toBe(1);
  });

  it('go below a threshold as long as the decisions hold, all that went taken together', () => {
    const none = remove({ kind: 'threshold', threshold: 0 }, { locked: ['hidden_1'] });
    expect(none.removed).toEqual([]);
    expect(none.model).toBe(deep);
    const { removed } = remove({ kind: 'threshold', threshold: 0.01 });
    expect(removed.map(({ layer: name }) => name)).toEqual(['hidden_1']);
    for (const { loss } of removed) expect(loss).toBeLessThanOrEqual(0.01);
  });

  it('are shares of the hidden layers, rounded down', () => {
    const left = (sparsity: number): number => layersLeft(3, sparsity).left;
    expect([0, 0.33, 0.34, 0.5, 0.67, 0.99].map(left)).toEqual([3, 3, 2, 2, 1, 1]);
    // 0.29 · 100 is 28.999999999999996 in binary.
    expect(layersLeft(100, 0.29).left).toBe(71);
  });

  it('cannot be ranked by what ranks weights', () => {
    const attempt = (): unknown =>
      removeLayers(
        { model: deep, dense: deep, criterion: l1, locked: new Set(), backend, observations },
        { kind: 'left', left: 2 },
      );
    expect(attempt).toThrow(CriterionGranularityError);
    expect(attempt).toThrow('cannot rank at the granularity "layer"');
  });

  it('are locked by names that there are, and have no shares', () => {
    const { network } = deep.description;
    expect([...lockedLayers({ hidden_0: 'locked', 'q/out': 'locked' }, network)]).toEqual(['hidden_0', 'q/out']);
    expect(() => lockedLayers({ hidden_9: 'locked' }, network)).toThrow(UnknownNameError);
    expect(() => lockedLayers({ hidden_0: { sparsity: 0.5 } }, network)).toThrow(LayerShareError);
  });
});

describe('a layer stays, with the reason', () => {
  const reasons = (model: PolicyModel): Record<string, string> =>
    Object.fromEntries(
      layer.skips({ ...model, network: model.description.network }).map(({ layer: name, reason }) => [name, reason]),
    );

  it('where it is the only one', () => {
    expect(reasons(sampleModel({ hidden: [8] }))).toEqual({
      hidden_0: 'it is the only hidden layer, and one stays',
      'q/out': 'its units are outputs of the network',
    });
  });

  it('where the network would be larger without it: a bottleneck, or layers that are sparse', () => {
    // 16·2 + 2·16 weights, or 16·16.
    const narrow = reasons(sampleModel({ inputs: 4, hidden: [16, 2, 16] }));
    expect(narrow).toMatchObject({ hidden_1: 'merged with what reads it, it would have 256 weights and not 64' });
    const dense = sampleModel({ inputs: 4, hidden: [8, 4] });
    // 8·2 weights, or the reader's 4·2 and five that are left.
    const kernel = new Uint8Array(32).fill(1, 0, 5);
    expect(Object.keys(reasons({ ...dense, masks: { 'hidden_1/kernel': kernel } }))).toEqual(['hidden_1', 'q/out']);
  });

  it('where it is a convolution with strides', () => {
    const nature = natureModel(2);
    const stays = reasons(nature);
    const { layers } = nature.description.network.heads[0]!;
    const convolutions = [...nature.description.network.trunk, ...layers].filter(({ kind }) => kind === 'conv2d');
    expect(convolutions).toHaveLength(3);
    for (const { name } of convolutions) expect(stays[name]).toBe('it changes the shape of what it reads');
  });
});

describe('the loss of decisions', () => {
  it('is the share of states with another action', () => {
    const of = (...actions: number[]): Parameters<typeof decisionLoss>[0] => ({
      kind: 'discrete',
      actions: Int32Array.from(actions),
      gap: 1,
    });
    expect(decisionLoss(of(0, 1, 2, 1), of(0, 1, 1, 0))).toBe(0.5);
  });

  it('is the mean distance of continuous actions, as a share of their range', () => {
    const space = { kind: 'box', shape: [2], low: [-2, 0], high: [2, 1] } as const;
    const of = (...actions: number[]): Parameters<typeof decisionLoss>[0] => ({
      kind: 'continuous',
      actions: Float32Array.from(actions),
      space,
    });
    // Distances 1 of 4 and 0.5 of 1, and none.
    expect(decisionLoss(of(0, 0.5, 1, 1), of(1, 0, 1, 1))).toBeCloseTo((0.25 + 0.5) / 4, 6);
  });
});
