// Gradients against central finite differences of the float64 forward pass.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAM } from '../../../../src-main/engine/numerics/backend.ts';
import type { Conformance } from './conformance.ts';
import { expectClose } from '../expect-close.ts';
import { fillNetwork, largeNetworkCase, networkCase, type NetworkCase } from '../random-network.ts';
import { referencePass } from '../reference-pass.ts';
import { convolutional, dueling, mlp } from './sample-networks.ts';

/** Far above the rounding of float64, far below the distance to the next kink of a ReLU. */
const STEP = 1e-6;

/** Entries looked at per parameter, spread over it: every one of a small network costs two passes. */
const ENTRIES = 6;

/** d/dθ of Σ outputGradient·output at entry `at` of a parameter: (f(θ + h) − f(θ − h)) / 2h. */
type Derivative = (parameter: string, at: number) => number;

function finiteDifferences({ network, parameters, inputs, batchSize, outputGradient }: NetworkCase): Derivative {
  const doubles = Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values)]),
  );
  const objective = (): number =>
    referencePass(network, doubles, inputs, batchSize).outputs.reduce((sum, y, i) => sum + y * outputGradient[i]!, 0);
  return (parameter, at) => {
    const values = doubles[parameter]!;
    const value = values[at]!;
    values[at] = value + STEP;
    const above = objective();
    values[at] = value - STEP;
    const below = objective();
    values[at] = value;
    return (above - below) / (2 * STEP);
  };
}

export function checksGradients({ backend, tolerance }: Conformance): void {
  const expectGradients = (sample: NetworkCase): void => {
    const { network, parameters, inputs, batchSize, outputGradient } = sample;
    const instance = backend().instantiate(network, parameters, { maxBatch: batchSize, optimizer: ADAM });
    instance.forward(inputs, batchSize, { tape: true });
    instance.backward(outputGradient);
    const gradients = instance.gradients();
    const derivative = finiteDifferences(sample);
    for (const [name, { length }] of Object.entries(parameters)) {
      const stride = Math.max(1, Math.floor(length / ENTRIES));
      const checked = [...parameters[name]!.keys()].filter((at) => at % stride === 0);
      expect(gradients[name]?.length).toBe(length);
      expectClose(
        checked.map((at) => gradients[name]![at]!),
        checked.map((at) => derivative(name, at)),
        tolerance.gradients,
        `gradient of ${name} at [${checked.join(', ')}]`,
      );
    }
    instance.dispose();
  };

  describe('backward', () => {
    it('is the derivative of the outputs, for any network and batch', () => {
      fc.assert(fc.property(networkCase, expectGradients), { numRuns: 100, seed: 3 });
    });

    it('is the derivative of the outputs where layers and batches are larger and many units are silent', () => {
      fc.assert(fc.property(largeNetworkCase, expectGradients), { numRuns: 12, seed: 8 });
    });

    it.each([
      ['an MLP', mlp],
      ['a convolutional network', convolutional],
      ['a dueling network', dueling],
    ])('is the derivative of the outputs of %s over a longer batch', (_, network) => {
      expectGradients(fillNetwork(network, 19, 5));
    });

    it('replaces the last gradients, and may be asked again of the same pass', () => {
      const { network, parameters, inputs, batchSize, outputGradient } = fillNetwork(convolutional, 3, 6);
      const instance = backend().instantiate(network, parameters, { maxBatch: batchSize, optimizer: ADAM });
      instance.forward(inputs, batchSize, { tape: true });
      instance.backward(outputGradient);
      const first = instance.gradients()['conv_1/kernel']!.slice();
      instance.backward(outputGradient.map((value) => -2 * value));
      const doubled = first.map((value) => -2 * value);
      expectClose(instance.gradients()['conv_1/kernel']!, doubled, tolerance.gradients, 'gradient of conv_1/kernel');
      instance.dispose();
    });

    it('does not depend on what becomes of the batch that was passed in', () => {
      const { network, parameters, inputs, batchSize, outputGradient } = fillNetwork(mlp, 4, 7);
      const instance = backend().instantiate(network, parameters, { maxBatch: batchSize, optimizer: ADAM });
      const gradientOf = (reused: boolean): Float32Array => {
        const batch = inputs.slice();
        instance.forward(batch, batchSize, { tape: true });
        if (reused) batch.fill(9);
        instance.backward(outputGradient);
        return instance.gradients()['hidden_1/kernel']!.slice();
      };
      expectClose(gradientOf(true), gradientOf(false), 0, 'gradient of hidden_1/kernel');
      instance.dispose();
    });
  });
}
