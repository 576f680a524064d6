import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkSpecification } from '../../../src-main/contract/network.ts';
import {
  checkParameters,
  NetworkShapeError,
  ParameterShapeError,
  parameterShapes,
  placeNetwork,
  windowOutput,
} from '../../../src-main/engine/networks/shapes.ts';
import { sampleModel, sampleNetwork } from './sample-models.ts';

const image: NetworkSpecification = {
  input: { shape: [84, 84, 4], scale: 1 / 255 },
  trunk: [
    {
      kind: 'conv2d',
      name: 'c1',
      filters: 32,
      kernelSize: [8, 8],
      strides: [4, 4],
      padding: 'valid',
      activation: 'relu',
    },
    {
      kind: 'conv2d',
      name: 'c2',
      filters: 64,
      kernelSize: [4, 4],
      strides: [2, 2],
      padding: 'valid',
      activation: 'relu',
    },
    {
      kind: 'conv2d',
      name: 'c3',
      filters: 64,
      kernelSize: [3, 3],
      strides: [1, 1],
      padding: 'valid',
      activation: 'relu',
    },
    { kind: 'flatten', name: 'flat' },
    { kind: 'dense', name: 'd', units: 512, activation: 'relu' },
  ],
  heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q/out', units: 6, activation: 'linear' }] }],
  combine: 'concatenate',
};

it("the Nature DQN has the paper's shapes (Mnih et al. 2015, Methods)", () => {
  const placed = placeNetwork(image);
  expect(placed.trunk.map(({ outputShape }) => outputShape)).toEqual([
    [20, 20, 32],
    [9, 9, 64],
    [7, 7, 64],
    [3136],
    [512],
  ]);
  expect(placed).toMatchObject({ inputSize: 28_224, outputSize: 6 });
  expect(parameterShapes(image)['c2/kernel']).toEqual([4, 4, 32, 64]);
});

it('a window fits as often as counting its places says', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), (more, window, stride) => {
      const input = window + more;
      let valid = 0;
      for (let from = 0; from + window <= input; from += stride) valid++;
      let same = 0;
      for (let from = 0; from < input; from += stride) same++;
      expect(windowOutput(input, window, stride, 'valid')).toBe(valid);
      expect(windowOutput(input, window, stride, 'same')).toBe(same);
    }),
  );
});

it('heads lie one after the other in the output row; a dueling row has the advantages only', () => {
  const shared = placeNetwork(sampleNetwork({ kind: 'shared', actions: 3 }));
  expect(shared.heads.map(({ name, offset, size }) => [name, offset, size])).toEqual([
    ['policy', 0, 3],
    ['value', 3, 1],
  ]);
  expect(shared.outputSize).toBe(4);
  expect(placeNetwork(sampleNetwork({ kind: 'dueling', actions: 3 })).outputSize).toBe(3);
});

describe('an inconsistent network is refused, by the name of the layer', () => {
  const plain = sampleNetwork();
  const dense = { kind: 'dense', name: 'again', units: 2, activation: 'relu' } as const;
  it.each([
    { why: 'used twice', network: { ...plain, trunk: [dense, dense] } },
    { why: 'needs a flat input', network: { ...image, trunk: [dense] } },
    { why: 'larger than its input 2×2', network: { ...image, input: { shape: [2, 2, 4], scale: 1 } } },
    { why: 'needs [height, width, channels]', network: { ...image, input: { shape: [9], scale: 1 } } },
    { why: 'heads value', network: { ...plain, combine: 'dueling' as const } },
  ])('$why', ({ why, network }) => {
    expect(() => placeNetwork(network)).toThrow(NetworkShapeError);
    expect(() => placeNetwork(network)).toThrow(why);
  });
});

describe('checkParameters', () => {
  const { description, parameters } = sampleModel();
  const check = (changed: Record<string, Float32Array>): (() => void) => {
    return () => {
      checkParameters(description.network, changed);
    };
  };

  it('accepts what belongs', () => {
    expect(check({ ...parameters })).not.toThrow();
  });

  it.each([
    { why: '"q/out/bias": is missing', change: { 'q/out/bias': undefined } },
    { why: '"q/out/bias": has 3 values, the network needs [2]', change: { 'q/out/bias': new Float32Array(3) } },
    { why: '"other/kernel": is not part', change: { 'other/kernel': new Float32Array(3) } },
  ])('refuses: $why', ({ why, change }) => {
    const changed = Object.fromEntries(
      Object.entries({ ...parameters, ...change }).flatMap(([name, v]) => (v ? [[name, v] as const] : [])),
    );
    expect(check(changed)).toThrow(ParameterShapeError);
    expect(check(changed)).toThrow(why);
  });
});
