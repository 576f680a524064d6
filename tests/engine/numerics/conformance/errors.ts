// What a backend refuses, and how it says so.
import { describe, expect, it } from 'vitest';
import type { NetworkSpecification } from '../../../../src-main/contract/network.ts';
import { ADAM } from '../../../../src-main/engine/numerics/backend.ts';
import { NonFiniteError } from '../../../../src-main/engine/numerics/non-finite-error.ts';
import type { Parameters } from '../../../../src-main/engine/networks/parameters.ts';
import { ParameterShapeError } from '../../../../src-main/engine/networks/shapes.ts';
import type { Conformance } from './conformance.ts';
import { expectSameBytes } from '../expect-close.ts';
import { fillNetwork } from '../random-network.ts';
import { mlp, trainingBatch } from './sample-networks.ts';

const actorCritic: NetworkSpecification = {
  input: { shape: [3], scale: 1 },
  trunk: [],
  heads: [
    { name: 'policy', layers: [{ kind: 'dense', name: 'policy', units: 2, activation: 'linear' }] },
    { name: 'value', layers: [{ kind: 'dense', name: 'value', units: 1, activation: 'linear' }] },
  ],
  combine: 'concatenate',
};

const without = (record: Parameters, name: string): Parameters =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));

export function checksErrors({ backend }: Conformance): void {
  const options = { maxBatch: 4, optimizer: ADAM };

  describe('refuses', () => {
    it('parameters that are missing, extra or of another length', () => {
      const { parameters } = fillNetwork(mlp, 4, 26);
      const missing = without(parameters, 'q/bias');
      const create = (values: typeof parameters) => () => backend().instantiate(mlp, values, options);
      expect(create(missing)).toThrow(ParameterShapeError);
      expect(create(missing)).toThrow('"q/bias"');
      expect(create({ ...parameters, 'r/bias': new Float32Array(1) })).toThrow('"r/bias"');
      expect(create({ ...parameters, 'hidden_1/kernel': new Float32Array(20) })).toThrow('"hidden_1/kernel"');
      const instance = create(parameters)();
      expect(() => {
        instance.writeParameters(missing);
      }).toThrow(ParameterShapeError);
      expectSameBytes(instance.readParameters(), parameters);
      instance.dispose();
    });

    it('masks and optimizer states that belong to another network', () => {
      const { parameters } = fillNetwork(mlp, 4, 27);
      const instance = backend().instantiate(mlp, parameters, options);
      const state = instance.readOptimizer();
      const missing = without(state.slots, 'v:q/bias');
      for (const refused of [
        () => {
          instance.setMasks({ 'q/kernel': new Uint8Array(3) });
        },
        () => {
          instance.setMasks({ 'r/kernel': new Uint8Array(3) });
        },
        () => {
          instance.writeOptimizer({ step: 1, slots: missing });
        },
        () => {
          instance.writeOptimizer({ step: 1, slots: { ...state.slots, 'm:q/kernel': new Float32Array(3) } });
        },
        () => {
          instance.writeOptimizer({ step: 1, slots: { ...state.slots, 'n:q/kernel': new Float32Array(10) } });
        },
      ]) {
        expect(refused).toThrow(ParameterShapeError);
      }
      expectSameBytes(instance.readParameters(), parameters);
      expectSameBytes(instance.readOptimizer().slots, state.slots);
      instance.dispose();
    });

    it.each([NaN, Infinity, -Infinity])('to step along a gradient of %d, and names the parameter', (poison) => {
      const { parameters, inputs, outputGradient } = fillNetwork(actorCritic, 4, 28);
      const instance = backend().instantiate(actorCritic, parameters, options);
      for (const maxGradientNorm of [undefined, 1]) {
        instance.forward(inputs, 4, { tape: true });
        instance.backward(outputGradient.with(5, poison)); // the value of the second row
        const step = (): void => {
          instance.step({ learningRate: 0.1, ...(maxGradientNorm === undefined ? {} : { maxGradientNorm }) });
        };
        expect(step).toThrow(NonFiniteError);
        expect(step).toThrow('"value/kernel"');
      }
      expectSameBytes(instance.readParameters(), parameters);
      expect(instance.readOptimizer().step).toBe(0);
      instance.dispose();
    });

    it('no gradient that is merely huge, though its square overflows', () => {
      const { parameters } = fillNetwork(mlp, 4, 29);
      const { inputs, outputGradient } = trainingBatch(mlp, 0);
      const sgd = { maxBatch: 4, optimizer: { kind: 'sgd', momentum: 0 } } as const;
      const instance = backend().instantiate(mlp, parameters, sgd);
      instance.forward(inputs, 4, { tape: true });
      instance.backward(outputGradient.map((value) => value * 1e25));
      instance.step({ learningRate: 0.1, maxGradientNorm: 1 });
      const moved = Object.entries(instance.readParameters()).flatMap(([name, values]) =>
        [...values].map((value, i) => value - parameters[name]![i]!),
      );
      expect(Math.hypot(...moved)).toBeCloseTo(0.1, 5);
      instance.dispose();
    });

    it('what comes out of order', () => {
      const { parameters, inputs, outputGradient } = fillNetwork(mlp, 4, 30);
      const inference = backend().instantiate(mlp, parameters, { maxBatch: 4 });
      inference.forward(inputs, 4, { tape: true });
      expect(() => {
        inference.backward(outputGradient);
      }).toThrow('optimizer');
      expect(() => {
        inference.step({ learningRate: 0.1 });
      }).toThrow('optimizer');
      const training = backend().instantiate(mlp, parameters, options);
      training.forward(inputs, 4);
      expect(() => training.activations('hidden_1')).toThrow('tape');
      expect(() => {
        training.backward(outputGradient);
      }).toThrow('tape');
      expect(() => {
        training.step({ learningRate: 0.1 });
      }).toThrow('backward');
      inference.dispose();
      training.dispose();
    });

    it('batches larger than promised, and arrays of the wrong length', () => {
      const { parameters, inputs, outputGradient } = fillNetwork(mlp, 5, 31);
      const instance = backend().instantiate(mlp, parameters, options);
      expect(() => instance.forward(inputs, 5)).toThrow(RangeError);
      expect(() => instance.forward(inputs, 4)).toThrow(RangeError);
      instance.forward(inputs.subarray(0, 12), 4, { tape: true });
      expect(() => {
        instance.backward(outputGradient);
      }).toThrow(RangeError);
      expect(() => instance.activations('nowhere')).toThrow('nowhere');
      instance.dispose();
    });
  });
}
