// Optimizer steps against scalar recurrences in float64, and against closed forms where there are any.
import { describe, it } from 'vitest';
import type { NetworkSpecification } from '../../../../src-main/contract/network.ts';
import {
  ADAM,
  type NetworkInstance,
  type OptimizerConfig,
  type StepOptions,
} from '../../../../src-main/engine/numerics/backend.ts';
import { slotName } from '../../../../src-main/engine/numerics/optimizer-slots.ts';
import type { Conformance } from './conformance.ts';
import { expectClose } from '../expect-close.ts';
import { fillNetwork } from '../random-network.ts';
import { ReferenceOptimizer } from '../reference-optimizer.ts';
import { mlp, trainingBatch, trainings } from './sample-networks.ts';

/** y = w·x + b: its gradients are what we say, w's with input 1 and b's alike. */
const line: NetworkSpecification = {
  input: { shape: [1], scale: 1 },
  trunk: [],
  heads: [{ name: 'y', layers: [{ kind: 'dense', name: 'y', units: 1, activation: 'linear' }] }],
  combine: 'concatenate',
};

export function checksOptimizers({ backend, tolerance }: Conformance): void {
  const trainBoth = (
    network: NetworkSpecification,
    optimizer: OptimizerConfig,
    options: (step: number) => StepOptions,
  ): { instance: NetworkInstance; reference: ReferenceOptimizer } => {
    const { parameters } = fillNetwork(network, 4, 8);
    const instance = backend().instantiate(network, parameters, { maxBatch: 4, optimizer });
    const reference = new ReferenceOptimizer(optimizer, parameters);
    for (let step = 0; step < 60; step++) {
      const { inputs, outputGradient } = trainingBatch(network, step);
      instance.forward(inputs, 4, { tape: true });
      instance.backward(outputGradient);
      reference.step(instance.gradients(), options(step));
      instance.step(options(step));
    }
    return { instance, reference };
  };
  const expectSame = (instance: NetworkInstance, reference: ReferenceOptimizer): void => {
    const parameters = instance.readParameters();
    const { slots } = instance.readOptimizer();
    for (const [name, expected] of Object.entries(reference.parameters)) {
      expectClose(parameters[name]!, expected, tolerance.parameters, name);
      const [m, v] = [slots[slotName('m', name)], slots[slotName('v', name)]];
      if (m !== undefined) expectClose(m, reference.m[name]!, tolerance.parameters, `m:${name}`);
      if (v !== undefined) expectClose(v, reference.v[name]!, tolerance.parameters, `v:${name}`);
    }
    instance.dispose();
  };
  /** w after `steps` steps from 0 with the same gradient each time. */
  const descend = (optimizer: OptimizerConfig, gradient: number, steps: number, options: StepOptions): number => {
    const zero = { 'y/kernel': new Float32Array(1), 'y/bias': new Float32Array(1) };
    const instance = backend().instantiate(line, zero, { maxBatch: 1, optimizer });
    for (let step = 0; step < steps; step++) {
      instance.forward(Float32Array.of(1), 1, { tape: true });
      instance.backward(Float32Array.of(gradient));
      instance.step(options);
    }
    const weight = instance.readParameters()['y/kernel']![0]!;
    instance.dispose();
    return weight;
  };

  describe('step', () => {
    it.each(trainings)('follows %s', (_, optimizer, network) => {
      const { instance, reference } = trainBoth(network, optimizer, (step) => ({
        learningRate: 0.01 / (1 + step / 20),
      }));
      expectSame(instance, reference);
    });

    it.each([0.5, 5, 50])('limits the norm of all gradients together to %d', (maxGradientNorm) => {
      for (const optimizer of [ADAM, { kind: 'sgd', momentum: 0.5 } as const]) {
        const { instance, reference } = trainBoth(mlp, optimizer, () => ({ learningRate: 0.01, maxGradientNorm }));
        expectSame(instance, reference);
      }
    });

    it('moves by the learning rate under Adam and a constant gradient, however small or large that is', () => {
      for (const gradient of [1e-3, -1, 300]) {
        const moved = descend(ADAM, gradient, 100, { learningRate: 0.01 });
        expectClose([moved], [-Math.sign(gradient)], tolerance.parameters, `weight under gradient ${gradient}`);
      }
    });

    it('adds up momentum geometrically under SGD and a constant gradient', () => {
      const [momentum, steps, learningRate] = [0.9, 25, 0.1];
      // Σ over steps of (1 − momentum^t) / (1 − momentum)
      const sum = (steps - (momentum * (1 - momentum ** steps)) / (1 - momentum)) / (1 - momentum);
      const moved = descend({ kind: 'sgd', momentum }, 2, steps, { learningRate });
      expectClose([moved], [-2 * learningRate * sum], tolerance.parameters, 'weight');
    });

    it('clips as PyTorch does: by max / (norm + 1e-6), and only what is above the limit', () => {
      const sgd = { kind: 'sgd', momentum: 0 } as const;
      // The line has two gradients, so their norm is √2 times each.
      const clipped = descend(sgd, 3e-5, 1, { learningRate: 1e5, maxGradientNorm: 1e-5 });
      expectClose([clipped], [-3 / (3 * Math.SQRT2 + 0.1)], 1e-6, 'clipped step');
      const kept = descend(sgd, 3, 1, { learningRate: 1, maxGradientNorm: 4.25 });
      expectClose([kept], [-3], 1e-6, 'step below the limit');
    });

    it.each([0.1, 0.3, 0.7, 1.1, 3.3])(
      'stays finite under centred RMSprop and a constant gradient of %d',
      (gradient) => {
        const [decay, epsilon, steps] = [0.5, 0.1, 100];
        const moved = descend({ kind: 'rmsprop', decay, epsilon, centered: true }, gradient, steps, {
          learningRate: 1e-3,
        });
        // v = g²·(1 − d^t) and m = g·(1 − d^t), so the variance is g²·d^t·(1 − d^t), and goes to 0.
        let expected = 0;
        for (let t = 1; t <= steps; t++) {
          expected -= (1e-3 * gradient) / (gradient * Math.sqrt(decay ** t * (1 - decay ** t)) + epsilon);
        }
        // A variance of nearly 0 is a difference of float32 numbers that agree in all but their last digits.
        expectClose([moved], [expected], 1e-2, 'weight');
      },
    );
  });
}
