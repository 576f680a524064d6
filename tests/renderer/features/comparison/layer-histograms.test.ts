// Several models' weights laid over each other, layer by layer.
import { expect, it } from 'vitest';
import type { LayerStatistics } from '../../../../src-main/contract/statistics.ts';
import { livingWeights } from '../../../../src-main/engine/inspection/living-weights.ts';
import { layerHistograms } from '../../../../src-renderer/features/comparison/layer-histograms.ts';

function layer(name: string, values: readonly number[]): LayerStatistics {
  const zeros = values.filter((value) => value === 0).length;
  return {
    layer: name,
    inputShape: [1],
    outputShape: [values.length],
    kernel: {
      shape: [1, values.length],
      weights: values.length,
      zeros,
      units: values.length,
      macs: values.length,
      nonzeroMacs: values.length - zeros,
      l1: 0,
      l2: 0,
      living: livingWeights(Float32Array.from(values)),
      unitNorms: [],
      group: null,
    },
  };
}

const dense = { label: 'dense', colour: '#000', statistics: [layer('a', [-1, 0.5, 1, 2]), layer('b', [1, 2])] };
const heights = (points: readonly { readonly y: number }[]): number => points.reduce((sum, { y }) => sum + y, 0);

it('of layers of one size the weights are counted, zeros left out, in the same bins', () => {
  const masked = { label: 'masked', colour: '#111', statistics: [layer('a', [0, 0, 1, 2]), layer('b', [1, 2])] };
  const [a] = layerHistograms([dense, masked]);
  expect(a?.shares).toBe(false);
  expect(a?.series.map(({ points }) => heights(points))).toEqual([4, 2]);
  expect(a?.series.map(({ filled }) => filled)).toEqual([true, false]);
  const [first, second] = a!.series.map(({ points }) => points.map(({ x }) => x));
  expect(first).toEqual(second);
});

it('of layers of different sizes the shares of what is left are compared', () => {
  const compacted = { label: 'compacted', colour: '#111', statistics: [layer('a', [1, 2]), layer('b', [1, 2])] };
  const [a, b] = layerHistograms([dense, compacted]);
  expect(a?.shares).toBe(true);
  for (const { points } of a!.series) expect(heights(points)).toBeCloseTo(1, 12);
  expect(b?.shares).toBe(false);
});

it('what has no weights left is left out, and so is a layer that a model lacks', () => {
  const emptied = { label: 'emptied', colour: '#111', statistics: [layer('a', [0, 0, 0, 0])] };
  const layers = layerHistograms([dense, emptied]);
  expect(layers.map(({ layer, series }) => [layer, series.map(({ label }) => label)])).toEqual([
    ['a', ['dense']],
    ['b', ['dense']],
  ]);
  expect(layerHistograms([emptied])).toEqual([]);
  expect(layerHistograms([])).toEqual([]);
});
