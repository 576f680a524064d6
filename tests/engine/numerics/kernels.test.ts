// Both builds of the kernels against what every backend must do, and what only the kernels promise.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation, Layer, NetworkSpecification } from '../../../src-main/contract/network.ts';
import type { Parameters } from '../../../src-main/engine/networks/parameters.ts';
import { ADAM } from '../../../src-main/engine/numerics/backend.ts';
import { KernelMemoryError } from '../../../src-main/engine/numerics/kernels/kernel-memory-error.ts';
import { loadKernelBackend } from '../../../src-main/workers/load-kernels.ts';
import { describeBackend } from './backend-conformance.ts';
import { expectClose, expectSameBytes } from './expect-close.ts';
import { fillNetwork, largeNetworkCase } from './random-network.ts';

/** y = activation(w·x + b) of one number. */
const neuron = (activation: Activation): NetworkSpecification => ({
  input: { shape: [1], scale: 1 },
  trunk: [],
  heads: [{ name: 'y', layers: [{ kind: 'dense', name: 'y', units: 1, activation }] }],
  combine: 'concatenate',
});

const EXACT: readonly [Activation, (x: number) => number][] = [
  ['relu', (x) => Math.max(x, 0)],
  ['tanh', (x) => Math.tanh(x)],
  ['sigmoid', (x) => 1 / (1 + Math.exp(-x))],
  ['elu', (x) => (x > 0 ? x : Math.expm1(x))],
];

const BUILDS = [
  { flavour: 'simd', wide: false },
  { flavour: 'simd', wide: true },
  { flavour: 'relaxed-simd', wide: false },
  { flavour: 'relaxed-simd', wide: true },
] as const;

for (const { flavour, wide } of BUILDS) {
  const name = `${flavour}${wide ? ', wide tiles' : ''}`;
  describeBackend({ name, createBackend: () => loadKernelBackend(flavour, wide) });

  describe(`kernels, ${name}`, () => {
    const backend = loadKernelBackend(flavour, wide);
    const one = { 'y/kernel': Float32Array.of(1), 'y/bias': new Float32Array(1) };

    it.each(EXACT)('compute %s within 5e-7 everywhere', (activation, exact) => {
      const inputs = Float32Array.from({ length: 4001 }, (_, i) => {
        const t = (i - 2000) / 2000;
        return 120 * t ** 5; // dense around 0, where it curves
      });
      const instance = backend.instantiate(neuron(activation), one, { maxBatch: inputs.length });
      const expected = Array.from(inputs, exact);
      const scaled = (values: ArrayLike<number>): number[] =>
        Array.from(values, (value, i) => value / Math.max(1, Math.abs(inputs[i]!)));
      expectClose(scaled(instance.forward(inputs, inputs.length)), scaled(expected), 5e-7, activation);
      const alone = [0, 700, 1999, 2000, 2001, 3300, 4000];
      const singles = alone.map((i) => instance.forward(inputs.slice(i, i + 1), 1)[0]!);
      expectClose(
        singles,
        Float32Array.from(alone, (i) => instance.forward(inputs, 4001)[i]!),
        0,
        'one at a time',
      );
    });

    it.each(EXACT)('let no NaN pass for a number through %s', (activation) => {
      const instance = backend.instantiate(neuron(activation), one, { maxBatch: 2 });
      expect([...instance.forward(Float32Array.of(NaN, 0), 2)]).toEqual([NaN, activation === 'sigmoid' ? 0.5 : 0]);
      expect(instance.forward(Float32Array.of(NaN), 1)[0]).toBeNaN();
    });

    it('add up the gradients of heads of which one is the trunk itself', () => {
      const dense = (name: string, units: number): Layer => ({ kind: 'dense', name, units, activation: 'linear' });
      const network = (first: Layer): NetworkSpecification => ({
        input: { shape: [3], scale: 1 },
        trunk: [dense('trunk', 2)],
        heads: [
          { name: 'a', layers: [first] },
          { name: 'b', layers: [dense('b', 2)] },
        ],
        combine: 'concatenate',
      });
      const bare = network({ kind: 'flatten', name: 'a' });
      const { parameters, inputs, outputGradient } = fillNetwork(bare, 5, 1);
      const identity = { 'a/kernel': Float32Array.of(1, 0, 0, 1), 'a/bias': new Float32Array(2) };
      const options = { maxBatch: 5, optimizer: ADAM };
      const gradients = [
        backend.instantiate(network(dense('a', 2)), { ...parameters, ...identity }, options),
        backend.instantiate(bare, parameters, options),
      ].map((instance) => {
        instance.forward(inputs, 5, { tape: true });
        instance.backward(outputGradient);
        return instance.gradients();
      });
      for (const name of Object.keys(parameters)) expectClose(gradients[1]![name]!, gradients[0]![name]!, 1e-6, name);
    });

    it('forget a gradient in the end, rather than remember it as subnormal numbers', () => {
      const instance = backend.instantiate(neuron('linear'), one, { maxBatch: 1, optimizer: ADAM });
      for (let step = 0; step < 1200; step++) {
        instance.forward(Float32Array.of(1), 1, { tape: true });
        instance.backward(Float32Array.of(step === 0 ? 1 : 0));
        instance.step({ learningRate: 1e-3 });
      }
      expect(instance.readOptimizer().slots['m:y/kernel']).toEqual(Float32Array.of(0));
    });

    it('hand out the same view for the same batch size, so that acting leaves no garbage', () => {
      const instance = backend.instantiate(neuron('linear'), one, { maxBatch: 2 });
      expect(instance.forward(Float32Array.of(3), 1)).toBe(instance.forward(Float32Array.of(4), 1));
    });

    it('say how much memory a batch needs that does not fit', () => {
      const instantiate = () => backend.instantiate(neuron('linear'), one, { maxBatch: 2 ** 28, optimizer: ADAM });
      expect(instantiate).toThrow(KernelMemoryError);
      expect(instantiate).toThrow(/MiB for batches of 268435456/);
    });
  });
}

describe.each(['simd', 'relaxed-simd'] as const)('wide tiles, %s', (flavour) => {
  it('compute the same bytes as narrow ones, forward, backward and in steps', () => {
    fc.assert(
      fc.property(largeNetworkCase, ({ network, parameters, inputs, batchSize, outputGradient }) => {
        const [narrow, wide] = [false, true].map((tiles) => {
          const backend = loadKernelBackend(flavour, tiles);
          const instance = backend.instantiate(network, parameters, { maxBatch: batchSize, optimizer: ADAM });
          const outputs = instance.forward(inputs, batchSize).slice();
          instance.forward(inputs, batchSize, { tape: true });
          instance.backward(outputGradient);
          const gradients = Object.entries(instance.gradients()).map(([name, values]) => [name, values.slice()]);
          instance.step({ learningRate: 0.01, maxGradientNorm: 1 });
          return { outputs, ...(Object.fromEntries(gradients) as Parameters), ...prefixed(instance.readParameters()) };
        });
        expectSameBytes(wide!, narrow!);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

/** Apart from the gradients of the same names. */
const prefixed = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, values]) => [`after/${name}`, values]));
