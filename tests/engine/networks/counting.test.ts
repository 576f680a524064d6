import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import { networkCase } from '../numerics/random-network.ts';
import { sampleModel } from './sample-models.ts';

it('a dense network by hand: 3 → 5 → 4 → 2', () => {
  const { description, parameters } = sampleModel({ inputs: 3, hidden: [5, 4], actions: 2 });
  const count = countNetwork(description.network, parameters);
  expect(count).toMatchObject({
    weights: 15 + 20 + 8,
    nonzeroWeights: 43,
    parameters: 43 + 5 + 4 + 2,
    hiddenUnits: 9,
    macs: 43,
    nonzeroMacs: 43,
  });
  expect(count.layers.map(({ name, weights }) => [name, weights])).toEqual([
    ['hidden_0', 15],
    ['hidden_1', 20],
    ['q/out', 8],
  ]);
});

it('a convolution multiplies once per weight and position', () => {
  const count = countNetwork(
    {
      input: { shape: [6, 5, 2], scale: 1 },
      trunk: [
        {
          kind: 'conv2d',
          name: 'c',
          filters: 3,
          kernelSize: [3, 2],
          strides: [1, 1],
          padding: 'valid',
          activation: 'relu',
        },
        { kind: 'flatten', name: 'f' },
      ],
      heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q/out', units: 2, activation: 'linear' }] }],
      combine: 'concatenate',
    },
    {
      'c/kernel': new Float32Array(36).fill(1).fill(0, 0, 6),
      'c/bias': new Float32Array(3),
      'q/out/kernel': new Float32Array(4 * 4 * 3 * 2).fill(1),
      'q/out/bias': new Float32Array(2),
    },
  );
  expect(count).toMatchObject({ weights: 132, nonzeroWeights: 126, macs: 36 * 16 + 96, nonzeroMacs: 30 * 16 + 96 });
  expect(count.hiddenUnits).toBe(3);
});

it('a weight counts as gone whether it is zero, masked, or both', () => {
  const { description, parameters } = sampleModel({ inputs: 2, hidden: [2], actions: 2 });
  const kernel = parameters['hidden_0/kernel']!.slice();
  kernel[0] = 0;
  kernel[1] = 0;
  const masks = { 'hidden_0/kernel': Uint8Array.of(1, 0, 0, 1) };
  const { nonzeroWeights } = countNetwork(description.network, { ...parameters, 'hidden_0/kernel': kernel }, masks);
  expect(nonzeroWeights).toBe(1 + 4);
});

it('weights and parameters of any network are the lengths of its arrays', () => {
  fc.assert(
    fc.property(networkCase, ({ network, parameters }) => {
      const lengths = (suffix: string): number =>
        Object.entries(parameters).reduce(
          (sum, [name, values]) => sum + (name.endsWith(suffix) ? values.length : 0),
          0,
        );
      const count = countNetwork(network, parameters);
      expect(count.weights).toBe(lengths('/kernel'));
      expect(count.parameters).toBe(lengths('/kernel') + lengths('/bias'));
      expect(count.nonzeroMacs).toBe(count.macs);
    }),
    { numRuns: 50 },
  );
});
