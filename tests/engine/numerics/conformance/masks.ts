// Masks: silent weights stay exactly zero against momentum, and their gradients stay dense.
import { describe, expect, it } from 'vitest';
import type { OptimizerConfig } from '../../../../src-main/engine/numerics/backend.ts';
import { optimizerSlots } from '../../../../src-main/engine/numerics/optimizer-slots.ts';
import { kernelName } from '../../../../src-main/engine/networks/shapes.ts';
import { applyMasks, type Masks, type Parameters } from '../../../../src-main/engine/networks/parameters.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import type { Conformance } from './conformance.ts';
import { expectClose, expectSameBytes } from '../expect-close.ts';
import { fillNetwork } from '../random-network.ts';
import { ReferenceOptimizer } from '../reference-optimizer.ts';
import { convolutional, mlp, trainingBatch, trainings } from './sample-networks.ts';

/** About two thirds of every kernel pruned; the first layer of the sample left dense. */
function randomMasks(parameters: Parameters, seed: number): Masks {
  const random = new Random(seed);
  const kernels = Object.entries(parameters).filter(([name]) => name.endsWith('/kernel'));
  return Object.fromEntries(
    kernels.slice(1).map(([name, values]) => [name, Uint8Array.from(values, () => (random.uniform() < 1 / 3 ? 1 : 0))]),
  );
}

/** How many entries under the masks are anything but +0. */
function disturbed(arrays: Parameters, masks: Masks, prefix = ''): number {
  return Object.entries(masks)
    .map(([name, mask]) => mask.filter((keep, i) => keep === 0 && !Object.is(arrays[prefix + name]![i], 0)).length)
    .reduce((sum, count) => sum + count, 0);
}

export function checksMasks({ backend, tolerance }: Conformance): void {
  describe('masks', () => {
    it.each(trainings)('set in the middle of training, hold against %s', (_, optimizer, network) => {
      const { parameters } = fillNetwork(network, 4, 9);
      const masks = randomMasks(parameters, 10);
      const instance = backend().instantiate(network, parameters, { maxBatch: 4, optimizer });
      const reference = new ReferenceOptimizer(optimizer, parameters);
      for (let step = 0; step < 30; step++) {
        if (step === 12) {
          instance.setMasks(masks);
          reference.setMasks(masks);
        }
        const { inputs, outputGradient } = trainingBatch(network, step);
        instance.forward(inputs, 4, { tape: true });
        instance.backward(outputGradient);
        const options = { learningRate: 0.01, maxGradientNorm: 3 };
        reference.step(instance.gradients(), options);
        instance.step(options);
        if (step < 12) continue;
        expect(disturbed(instance.readParameters(), masks)).toBe(0);
        const { slots } = instance.readOptimizer();
        for (const slot of optimizerSlots(optimizer)) expect(disturbed(slots, masks, `${slot}:`)).toBe(0);
      }
      const trained = instance.readParameters();
      for (const [name, expected] of Object.entries(reference.parameters)) {
        expectClose(trained[name]!, expected, tolerance.parameters, name);
      }
      instance.dispose();
    });

    it('of a whole layer leave its biases, which go on learning', () => {
      const { network, parameters, inputs, batchSize } = fillNetwork(mlp, 5, 13);
      const [name, kernel] = Object.entries(parameters).findLast(([each]) => each.endsWith('/kernel'))!;
      const bias = name.replace('/kernel', '/bias');
      const optimizer = { kind: 'sgd', momentum: 0 } as const;
      const instance = backend().instantiate(network, parameters, { maxBatch: batchSize, optimizer });
      instance.setMasks({ [name]: new Uint8Array(kernel.length) });
      const rows = instance.forward(inputs, batchSize, { tape: true });
      instance.backward(new Float32Array(rows.length).fill(1));
      instance.step({ learningRate: 0.01 });
      const learnt = instance.readParameters();
      expect(learnt[name]!.every((weight) => weight === 0)).toBe(true);
      const expected = parameters[bias]!.map((value) => value - 0.01 * batchSize);
      expectClose(learnt[bias]!, expected, tolerance.parameters, bias);
      instance.dispose();
    });

    it('silence at once what they prune, and leave every other weight as it is', () => {
      const { network, parameters, inputs, batchSize } = fillNetwork(convolutional, 3, 11);
      const masks = randomMasks(parameters, 12);
      const masked = backend().instantiate(network, parameters, { maxBatch: batchSize });
      masked.setMasks(masks);
      expectSameBytes(masked.readParameters(), applyMasks(parameters, masks));
      const zeroed = backend().instantiate(network, applyMasks(parameters, masks), { maxBatch: batchSize });
      const expected = zeroed.forward(inputs, batchSize).slice();
      expectClose(masked.forward(inputs, batchSize), expected, 0, 'outputs');
      masked.dispose();
      zeroed.dispose();
    });

    it('leave gradients dense, so that regrowth can choose by them', () => {
      const { network, parameters, inputs, batchSize, outputGradient } = fillNetwork(mlp, 4, 13);
      const masks = randomMasks(parameters, 14);
      const gradientOf = (weights: Parameters, applied: Masks): Parameters => {
        const optimizer: OptimizerConfig = { kind: 'sgd', momentum: 0 };
        const instance = backend().instantiate(network, weights, { maxBatch: batchSize, optimizer });
        instance.setMasks(applied);
        instance.forward(inputs, batchSize, { tape: true });
        instance.backward(outputGradient);
        const gradients = Object.entries(instance.gradients()).map(([name, values]) => [name, values.slice()]);
        instance.dispose();
        return Object.fromEntries(gradients) as Parameters;
      };
      const expected = gradientOf(applyMasks(parameters, masks), {});
      expectSameBytes(gradientOf(parameters, masks), expected);
      expect(disturbed(expected, { [kernelName('q')]: masks[kernelName('q')]! })).toBeGreaterThan(0);
    });

    it('replace the masks before them: what is no longer masked grows again, from zero', () => {
      const { network, parameters } = fillNetwork(mlp, 4, 15);
      const name = kernelName('hidden_2');
      const first = Uint8Array.from(parameters[name]!, (_, i) => i % 2);
      const second = Uint8Array.from(first, (keep) => 1 - keep);
      const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
      const instance = backend().instantiate(network, parameters, { maxBatch: 4, optimizer });
      instance.setMasks({ [name]: first });
      instance.setMasks({ [name]: second });
      expect(instance.readParameters()[name]!.every((weight) => Object.is(weight, 0))).toBe(true);
      const { inputs, outputGradient } = trainingBatch(network, 0);
      instance.forward(inputs, 4, { tape: true });
      instance.backward(outputGradient.fill(1));
      instance.step({ learningRate: 0.1 });
      const grown = instance.readParameters();
      expect(disturbed(grown, { [name]: second })).toBe(0);
      expect(disturbed(grown, { [name]: first })).toBeGreaterThan(0);
      instance.dispose();
    });

    it('hold against parameters and optimizer slots written from outside', () => {
      const { network, parameters } = fillNetwork(mlp, 4, 16);
      const masks = randomMasks(parameters, 17);
      const optimizer = { kind: 'sgd', momentum: 0.9 } as const;
      const instance = backend().instantiate(network, parameters, { maxBatch: 4, optimizer });
      instance.setMasks(masks);
      instance.writeParameters(parameters);
      const slots = Object.fromEntries(Object.entries(parameters).map(([name, values]) => [`m:${name}`, values]));
      instance.writeOptimizer({ step: 3, slots });
      expectSameBytes(instance.readParameters(), applyMasks(parameters, masks));
      expect(disturbed(instance.readOptimizer().slots, masks, 'm:')).toBe(0);
      instance.dispose();
    });
  });
}
