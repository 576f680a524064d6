// Saved and restored, training goes on as if nothing had happened: the same bytes, on the same backend.
import { describe, expect, it } from 'vitest';
import type { NetworkSpecification } from '../../../../src-main/contract/network.ts';
import type { NetworkInstance } from '../../../../src-main/engine/numerics/backend.ts';
import { optimizerSlots, slotName } from '../../../../src-main/engine/numerics/optimizer-slots.ts';
import type { Conformance } from './conformance.ts';
import { expectSameBytes } from '../expect-close.ts';
import { fillNetwork } from '../random-network.ts';
import { convolutional, dueling, optimizers, trainingBatch, trainings } from './sample-networks.ts';

function train(instance: NetworkInstance, network: NetworkSpecification, from: number, to: number): void {
  for (let step = from; step < to; step++) {
    const { inputs, outputGradient } = trainingBatch(network, step);
    instance.forward(inputs, 4, { tape: true });
    instance.backward(outputGradient);
    instance.step({ learningRate: 0.005, maxGradientNorm: 10 });
  }
}

export function checksResuming({ backend }: Conformance): void {
  describe('resuming', () => {
    it.each(trainings)('goes on byte for byte with %s, early and late', (_, optimizer, network) => {
      const { parameters } = fillNetwork(network, 4, 18);
      const options = { maxBatch: 4, optimizer };
      const uninterrupted = backend().instantiate(network, parameters, options);
      let resumed = backend().instantiate(network, parameters, options);
      let at = 0;
      for (const stop of [1, 17, 55]) {
        train(resumed, network, at, stop);
        at = stop;
        const saved = { parameters: resumed.readParameters(), optimizer: resumed.readOptimizer() };
        resumed.dispose();
        resumed = backend().instantiate(network, saved.parameters, options);
        resumed.writeOptimizer(saved.optimizer);
      }
      train(resumed, network, at, 64);
      train(uninterrupted, network, 0, 64);
      expectSameBytes(resumed.readParameters(), uninterrupted.readParameters());
      expectSameBytes(resumed.readOptimizer().slots, uninterrupted.readOptimizer().slots);
      expect(resumed.readOptimizer().step).toBe(64);
      uninterrupted.dispose();
      resumed.dispose();
    });

    it('reads back what was written, byte for byte', () => {
      const { network, parameters } = fillNetwork(convolutional, 1, 19);
      const other = fillNetwork(convolutional, 1, 20).parameters;
      const slots = Object.fromEntries(Object.entries(other).map(([name, values]) => [slotName('m', name), values]));
      const optimizer = { kind: 'sgd', momentum: 0.9 } as const;
      const instance = backend().instantiate(network, parameters, { maxBatch: 1, optimizer });
      expectSameBytes(instance.readParameters(), parameters);
      instance.writeParameters(other);
      instance.writeOptimizer({ step: 12, slots });
      expectSameBytes(instance.readParameters(), other);
      expectSameBytes(instance.readOptimizer().slots, slots);
      expect(instance.readOptimizer().step).toBe(12);
      instance.dispose();
    });

    it('starts from zero slots, named alike in every backend', () => {
      for (const optimizer of optimizers) {
        const { network, parameters } = fillNetwork(dueling, 1, 21);
        const instance = backend().instantiate(network, parameters, { maxBatch: 1, optimizer });
        const zeros = optimizerSlots(optimizer).flatMap((slot) =>
          Object.entries(parameters).map(([name, values]) => [slotName(slot, name), values.map(() => 0)] as const),
        );
        expectSameBytes(instance.readOptimizer().slots, Object.fromEntries(zeros));
        expect(instance.readOptimizer().step).toBe(0);
        instance.dispose();
      }
    });
  });
}
