// Outputs and activations against the float64 forward pass.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeNetwork } from '../../../../src-main/engine/networks/shapes.ts';
import type { Conformance } from './conformance.ts';
import { expectClose } from '../expect-close.ts';
import { fillNetwork, networkCase } from '../random-network.ts';
import { referencePass } from '../reference-pass.ts';
import { convolutional, mlp } from './sample-networks.ts';

export function checksOutputs({ backend, tolerance }: Conformance): void {
  describe('forward', () => {
    it('answers as the float64 reference does, for any network and batch', () => {
      fc.assert(
        fc.property(networkCase, ({ network, parameters, inputs, batchSize }) => {
          const instance = backend().instantiate(network, parameters, { maxBatch: batchSize });
          const expected = referencePass(network, parameters, inputs, batchSize);
          expectClose(instance.forward(inputs, batchSize), expected.outputs, tolerance.outputs, 'outputs');
          instance.dispose();
        }),
        { numRuns: 150, seed: 1 },
      );
    });

    it('keeps the activations of every layer of a taped pass', () => {
      fc.assert(
        fc.property(networkCase, ({ network, parameters, inputs, batchSize }) => {
          const instance = backend().instantiate(network, parameters, { maxBatch: batchSize });
          instance.forward(inputs, batchSize, { tape: true });
          const { activations } = referencePass(network, parameters, inputs, batchSize);
          for (const [layer, expected] of activations) {
            expectClose(instance.activations(layer), expected, tolerance.outputs, `activations of ${layer}`);
          }
          instance.dispose();
        }),
        { numRuns: 60, seed: 2 },
      );
    });

    it('agrees with the reference on layers too wide and batches too long for one tile', () => {
      const wide = {
        ...mlp,
        trunk: [
          { kind: 'dense', name: 'hidden_1', units: 131, activation: 'relu' },
          { kind: 'dense', name: 'hidden_2', units: 67, activation: 'relu' },
        ],
      } as const;
      for (const batchSize of [1, 2, 7, 33, 130]) {
        const { parameters, inputs } = fillNetwork(wide, batchSize, batchSize);
        const instance = backend().instantiate(wide, parameters, { maxBatch: 130 });
        const expected = referencePass(wide, parameters, inputs, batchSize).outputs;
        expectClose(instance.forward(inputs, batchSize), expected, tolerance.outputs, `outputs of batch ${batchSize}`);
        instance.dispose();
      }
    });

    it('takes batches of any size up to the largest, in any order', () => {
      const { parameters, inputs } = fillNetwork(convolutional, 6, 3);
      const { inputSize } = placeNetwork(convolutional);
      const instance = backend().instantiate(convolutional, parameters, { maxBatch: 6 });
      const whole = instance.forward(inputs, 6).slice();
      for (const batchSize of [1, 5, 2, 6, 3]) {
        const outputs = instance.forward(inputs.slice(0, batchSize * inputSize), batchSize);
        expectClose(outputs, whole.subarray(0, outputs.length), tolerance.outputs, `outputs of batch ${batchSize}`);
      }
      instance.dispose();
    });

    it('answers alike twice, byte for byte', () => {
      const { parameters, inputs } = fillNetwork(convolutional, 5, 4);
      const instance = backend().instantiate(convolutional, parameters, { maxBatch: 5 });
      const first = instance.forward(inputs, 5).slice();
      expect([...instance.forward(inputs, 5)]).toEqual([...first]);
      instance.dispose();
    });
  });
}
