import { expect, it } from 'vitest';
import { initializeParameters, orthogonalKernel } from '../../../src-main/engine/networks/initialize.ts';
import { checkParameters } from '../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { sampleNetwork } from './sample-models.ts';

const network = sampleNetwork({ inputs: 16, hidden: [200, 100], actions: 4, kind: 'shared' });

it.each([
  { layer: 'hidden_0', fanIn: 16 },
  { layer: 'hidden_1', fanIn: 200 },
  { layer: 'policy/out', fanIn: 100 },
])('$layer is uniform in ±1/√$fanIn: its bounds, and its variance of a third of their square', ({ layer, fanIn }) => {
  const parameters = initializeParameters(network, new Random(1));
  const bound = 1 / Math.sqrt(fanIn);
  for (const name of [`${layer}/kernel`, `${layer}/bias`]) {
    expect(Math.max(...parameters[name]!.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
  }
  const kernel = parameters[`${layer}/kernel`]!;
  const variance = kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length;
  expect(variance / (bound ** 2 / 3)).toBeGreaterThan(0.85);
  expect(variance / (bound ** 2 / 3)).toBeLessThan(1.15);
});

it('is complete, and follows its seed', () => {
  const one = initializeParameters(network, new Random(1));
  expect(() => {
    checkParameters(network, one);
  }).not.toThrow();
  expect(initializeParameters(network, new Random(1))).toEqual(one);
  expect(initializeParameters(network, new Random(2))).not.toEqual(one);
});

it.each([
  { inputs: 5, units: 12 },
  { inputs: 12, units: 5 },
  { inputs: 8, units: 8 },
])(
  'an orthogonal kernel, $inputs × $units, has an orthogonal shorter side of the length that was asked for',
  (shape) => {
    const { inputs, units } = shape;
    const kernel = orthogonalKernel({ ...shape, gain: 3 }, new Random(1));
    const at = (input: number, unit: number): number => kernel[input * units + unit]!;
    const [shorter, longer] = [Math.min(inputs, units), Math.max(inputs, units)];
    for (let a = 0; a < shorter; a++) {
      for (let b = 0; b < shorter; b++) {
        let product = 0;
        for (let i = 0; i < longer; i++) product += inputs < units ? at(a, i) * at(b, i) : at(i, a) * at(i, b);
        expect(product).toBeCloseTo(a === b ? 9 : 0, 5);
      }
    }
  },
);
