// Layers that run on their living weights only: nothing but speed may differ from the same layers computed whole.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation, NetworkSpecification } from '../../../src-main/contract/network.ts';
import { applyMasks, type Masks, type Parameters } from '../../../src-main/engine/networks/parameters.ts';
import { placeNetwork } from '../../../src-main/engine/networks/shapes.ts';
import { ADAM, type NetworkInstance } from '../../../src-main/engine/numerics/backend.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { loadKernelBackend } from '../../../src-main/workers/load-kernels.ts';
import { expectClose, expectSameBytes } from './expect-close.ts';
import { fillNetwork, type NetworkCase } from './random-network.ts';
import { ReferenceOptimizer } from './reference-optimizer.ts';

/** Every kernel but the last is large enough to be run sparse. */
const network = (hidden: readonly number[], activation: Activation): NetworkSpecification => ({
  input: { shape: [33], scale: 1 },
  trunk: hidden.map((units, i) => ({ kind: 'dense', name: `hidden_${i}`, units, activation })),
  heads: [
    { name: 'policy', layers: [{ kind: 'dense', name: 'policy', units: 3, activation: 'linear' }] },
    { name: 'value', layers: [{ kind: 'dense', name: 'value', units: 1, activation: 'linear' }] },
  ],
  combine: 'concatenate',
});
const sample = network([50, 47], 'tanh');

function drawMasks(parameters: Parameters, density: number, seed: number): Masks {
  const random = new Random(seed);
  const kernels = Object.entries(parameters).filter(([name]) => name.endsWith('/kernel'));
  return Object.fromEntries(
    kernels.map(([name, values]) => [name, Uint8Array.from(values, () => Number(random.uniform() < density))]),
  );
}

const copyOf = (arrays: Parameters): Parameters =>
  Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, values.slice()]));

function expectAllClose(actual: Parameters, expected: Readonly<Record<string, ArrayLike<number>>>): void {
  for (const [name, values] of Object.entries(expected)) expectClose(actual[name]!, values, 1e-5, name);
}

type Batch = Pick<NetworkCase, 'inputs' | 'outputGradient' | 'batchSize'>;

/** Batch `index` of a reproducible stream. */
const batch = (specification: NetworkSpecification, batchSize: number, index: number): Batch =>
  fillNetwork(specification, batchSize, 100 + index);

function update(instance: NetworkInstance, { inputs, outputGradient, batchSize }: Batch): void {
  instance.forward(inputs, batchSize, { tape: true });
  instance.backward(outputGradient);
  instance.step({ learningRate: 1e-3, maxGradientNorm: 10 });
}

describe.each(['simd', 'relaxed-simd'] as const)('sparse layers, %s', (flavour) => {
  const backend = loadKernelBackend(flavour);
  const training = (masks: Masks, parameters: Parameters, specification = sample): NetworkInstance => {
    const instance = backend.instantiate(specification, parameters, { maxBatch: 40, optimizer: ADAM });
    instance.setMasks(masks);
    return instance;
  };

  it('answer and learn as the same layers computed whole, for any sizes, density and batch', () => {
    const sizes = fc.array(fc.integer({ min: 32, max: 60 }), { minLength: 1, maxLength: 2 });
    const activation = fc.constantFrom<Activation>('linear', 'relu', 'tanh', 'sigmoid', 'elu');
    const density = fc.constantFrom(0, 0.01, 0.1, 0.3, 0.39);
    const batchSize = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sizes, activation, density, batchSize, fc.nat(), (hidden, activation_, density_, size, seed) => {
        const specification = network(hidden, activation_);
        const { parameters, inputs, outputGradient } = fillNetwork(specification, size, seed);
        const masks = drawMasks(parameters, density_, seed);
        const sparse = training(masks, parameters, specification);
        const whole = training({}, applyMasks(parameters, masks), specification);
        expectClose(sparse.forward(inputs, size), whole.forward(inputs, size), 1e-5, 'outputs');
        for (const instance of [sparse, whole]) {
          instance.forward(inputs, size, { tape: true });
          instance.backward(outputGradient);
        }
        expectAllClose(sparse.gradients(), whole.gradients());
        const one = inputs.slice(0, placeNetwork(specification).inputSize);
        expectClose(sparse.forward(one, 1), whole.forward(one, 1), 1e-5, 'outputs of one sample');
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('infer alike in an instance without optimizer, one at a time and in batches', () => {
    const { parameters, inputs } = fillNetwork(sample, 9, 2);
    const masks = drawMasks(parameters, 0.15, 2);
    const whole = backend.instantiate(sample, applyMasks(parameters, masks), { maxBatch: 9 });
    for (const maxBatch of [1, 9]) {
      const sparse = backend.instantiate(sample, parameters, { maxBatch });
      sparse.setMasks(masks);
      const rows = inputs.slice(0, maxBatch * 33);
      expectClose(sparse.forward(rows, maxBatch), whole.forward(rows, maxBatch), 1e-5, 'outputs');
      expectSameBytes(sparse.readParameters(), applyMasks(parameters, masks));
    }
  });

  it('follow the optimizer while masks change: sparser, regrown, dense again', () => {
    const { parameters } = fillNetwork(sample, 1, 3);
    const instance = backend.instantiate(sample, parameters, { maxBatch: 8, optimizer: ADAM });
    const reference = new ReferenceOptimizer(ADAM, parameters);
    const schedule = [1, 0.6, 0.3, 0.1, 0.3, 0.02, 1].map((density, i) => drawMasks(parameters, density, i));
    for (let index = 0; index < 70; index++) {
      const masks = schedule[index / 10];
      if (masks !== undefined) {
        instance.setMasks(masks);
        reference.setMasks(masks);
      }
      const { inputs, outputGradient } = batch(sample, 8, index);
      instance.forward(inputs, 8, { tape: true });
      instance.backward(outputGradient);
      const options = { learningRate: 1e-3, maxGradientNorm: 5 };
      reference.step(instance.gradients(), options);
      instance.step(options);
      expectAllClose(instance.readParameters(), reference.parameters);
    }
  });

  it('step along the last gradients when masks change in between', () => {
    const { parameters, inputs, outputGradient } = fillNetwork(sample, 8, 4);
    const before = drawMasks(parameters, 0.1, 4);
    const after = drawMasks(parameters, 0.2, 5);
    const instance = training(before, parameters);
    const reference = new ReferenceOptimizer(ADAM, parameters);
    reference.setMasks(before);
    instance.forward(inputs, 8, { tape: true });
    instance.backward(outputGradient);
    const gradients = copyOf(instance.gradients());
    instance.setMasks(after);
    reference.setMasks(after);
    expectSameBytes(copyOf(instance.gradients()), gradients);
    instance.step({ learningRate: 0.01 });
    reference.step(gradients, { learningRate: 0.01 });
    expectAllClose(instance.readParameters(), reference.parameters);
  });

  it('say so when gradients of pruned weights are asked for too late', () => {
    const { parameters, inputs } = fillNetwork(sample, 8, 6);
    const instance = training(drawMasks(parameters, 0.1, 6), parameters);
    update(instance, batch(sample, 8, 0));
    instance.forward(inputs, 8);
    expect(() => instance.gradients()).not.toThrow();
    instance.forward(inputs, 8, { tape: true });
    expect(() => instance.gradients()).toThrow('pruned');
  });

  it('compute the same bytes twice, and in the same memory, for a thousand updates', () => {
    const { parameters, inputs } = fillNetwork(sample, 1, 7);
    const batches = Array.from({ length: 20 }, (_, index) => batch(sample, 16, index));
    for (const density of [1, 0.1]) {
      const masks = drawMasks(parameters, density, 8);
      const trained = [0, 1].map(() => {
        const instance = training(masks, parameters);
        const outputs = instance.forward(inputs, 1);
        for (let index = 0; index < 1000; index++) update(instance, batches[index % 20]!);
        expect(instance.forward(inputs, 1)).toBe(outputs);
        return { parameters: instance.readParameters(), slots: instance.readOptimizer().slots };
      });
      expectSameBytes(trained[0]!.parameters, trained[1]!.parameters);
      expectSameBytes(trained[0]!.slots, trained[1]!.slots);
    }
  });
});
