import { describe, expect, it } from 'vitest';
import { countNetwork } from '../../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { granularities } from '../../../../src-main/engine/pruning/granularity/registry.ts';
import { cutDown, ladderOf, NoLadderError } from '../../../../src-main/engine/pruning/search/ladder.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { testBackend } from '../../../test-backend.ts';
import { referenceForward } from '../../../reference-network.ts';
import { sampleModel } from '../../networks/sample-models.ts';
import { litCellAgent } from '../lit-cell.ts';

const random = new Random(6);
const observations = Float32Array.from({ length: 300 * 3 }, () => random.normal());

function cut(
  model: PolicyModel,
  granularity: string,
  left: number,
  attempt = 0,
  states: Float32Array = observations,
): PolicyModel {
  const chosen = granularities.get(granularity);
  const ladder = ladderOf(chosen);
  return cutDown({
    model,
    dense: model,
    ladder,
    granularity: chosen,
    criterion: ladder.criteria[attempt]!,
    left,
    backend: testBackend,
    observations: states,
    random: new Random(1),
  });
}

const count = (model: PolicyModel): ReturnType<typeof countNetwork> =>
  countNetwork(model.description.network, model.parameters, model.masks);

describe('a network is cut down', () => {
  const model = sampleModel({ hidden: [24, 24], actions: 2, activation: 'tanh' });

  it('to exactly the number of neurons asked for, by every ranking, again and again', () => {
    for (const attempt of ladderOf(granularities.get('neuron')).criteria.keys()) {
      let current = model;
      for (const left of [36, 17, 8, 3, 2]) {
        current = cut(current, 'neuron', left, attempt);
        expect(count(current).hiddenUnits).toBe(left);
        expect(current.masks).toEqual({});
      }
    }
  });

  it('to at most the number of weights asked for: what is superfluous afterwards goes too', () => {
    for (const attempt of ladderOf(granularities.get('weight')).criteria.keys()) {
      let current = model;
      for (const left of [350, 140, 70, 35]) {
        const before = count(current).nonzeroWeights;
        current = cut(current, 'weight', left, attempt);
        expect(count(current).nonzeroWeights).toBeLessThanOrEqual(left);
        expect(count(current).nonzeroWeights).toBeGreaterThan(0);
        expect(count(current).nonzeroWeights).toBeLessThan(before);
      }
    }
  });

  it('layers of unlike size lose no more together than was asked', () => {
    const uneven = sampleModel({ hidden: [4, 40] });
    expect(count(cut(uneven, 'neuron', 33)).hiddenUnits).toBe(33);
  });

  it('with the removed neurons replaced by their mean: the outputs keep theirs', () => {
    const flat = sampleModel({ hidden: [12], actions: 2, activation: 'relu' });
    const means = (candidate: PolicyModel): number[] => {
      const rows = Array.from({ length: 300 }, (_, row) =>
        referenceForward({
          network: candidate.description.network,
          parameters: candidate.parameters,
          observation: Array.from(observations.subarray(row * 3, row * 3 + 3)),
        }),
      );
      return [0, 1].map((j) => rows.reduce((sum, row) => sum + row[j]! / 300, 0));
    };
    const before = means(flat);
    means(cut(flat, 'neuron', 3)).forEach((mean, j) => {
      expect(mean).toBeCloseTo(before[j]!, 5);
    });
  });
});

describe('a convolutional network is cut down', () => {
  const model = litCellAgent([5, 5, 2], 8, 6);
  const images = Float32Array.from({ length: 200 * 50 }, (_, i) => Number(i % 50 === (i * 7) % 50));
  const [conv, dense] = ['conv', 'dense'].map(
    (name) => (of: PolicyModel) => count(of).layers.find((layer) => layer.name === name)!.units,
  );

  it('by its channels, or by its neurons, or by both, to exactly what was asked for', () => {
    expect([conv!(cut(model, 'channel', 3, 0, images)), dense!(cut(model, 'channel', 3, 0, images))]).toEqual([3, 6]);
    expect([conv!(cut(model, 'neuron', 2, 0, images)), dense!(cut(model, 'neuron', 2, 0, images))]).toEqual([8, 2]);
    const both = cut(model, 'unit', 5, 0, images);
    expect([conv!(both), dense!(both)]).toEqual([3, 2]);
    expect(ladderOf(granularities.get('unit')).size(both)).toBe(5);
  });

  it('and keeps the channel that everything hangs on, in the mean of its outputs and in what it says', () => {
    const { network } = model.description;
    const operated = cut(model, 'channel', 1, 0, images);
    for (let cell = 0; cell < 25; cell++) {
      const observation = Array.from({ length: 50 }, (_, i) => Number(i === 2 * cell));
      const [before, after] = [model, operated].map(({ description, parameters }) =>
        referenceForward({ network: description.network, parameters, observation }),
      );
      expect(after!.indexOf(Math.max(...after!))).toBe(before!.indexOf(Math.max(...before!)));
    }
    expect(network.trunk[0]).toMatchObject({ filters: 8 });
  });
});

describe('the rungs', () => {
  it.each(['weight', 'neuron', 'channel', 'unit'])('of %s go down, and rank in every way they name', (id) => {
    const granularity = granularities.get(id);
    const { sparsities, criteria } = ladderOf(granularity);
    sparsities.forEach((sparsity, i) => {
      expect(sparsity).toBeGreaterThan(sparsities[i - 1] ?? 0);
      expect(sparsity).toBeLessThan(1);
    });
    for (const criterion of criteria) {
      expect(id === 'weight' ? criterion.scoreWeights : criterion.scoreUnits).toBeDefined();
    }
  });

  it('of what has none: refused, with what has', () => {
    const other = { ...granularities.get('weight'), id: '2:4' };
    expect(() => ladderOf(other)).toThrow(NoLadderError);
    expect(() => ladderOf(other)).toThrow(/"2:4"/);
  });
});
