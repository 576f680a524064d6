// Several engines of TensorFlow.js in one process: they agree, keep out of each other's way, and leak nothing.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADAM, type Backend, type NetworkInstance } from '../../../../src-main/engine/numerics/backend.ts';
import {
  createTensorflowBackend,
  EngineUnavailableError,
} from '../../../../src-main/engine/numerics/tensorflow/backend.ts';
import { createCpuBackend } from '../../../../src-main/engine/numerics/tensorflow/cpu.ts';
import { createWasmBackend } from '../../../../src-main/engine/numerics/tensorflow/wasm.ts';
import { wasmBinaries } from '../../../../src-main/workers/load-tensorflow.ts';
import { convolutional, dueling, trainingBatch } from '../conformance/sample-networks.ts';
import { expectClose, expectSameBytes } from '../expect-close.ts';
import { fillNetwork } from '../random-network.ts';

const layer = (name: string) => ({ kind: 'dense', name, units: 2, activation: 'tanh' }) as const;

let cpu: Backend;
let wasm: Backend;
beforeAll(async () => {
  cpu = await createCpuBackend();
  wasm = await createWasmBackend({ binaries: wasmBinaries() });
});

function train(instance: NetworkInstance, index: number): void {
  const { inputs, outputGradient } = trainingBatch(instance.specification, index);
  instance.forward(inputs, 4, { tape: true });
  instance.backward(outputGradient);
  instance.step({ learningRate: 0.01, maxGradientNorm: 5 });
}

describe('engines of TensorFlow.js', () => {
  it('name themselves with their versions', () => {
    expect([cpu.name, wasm.name]).toEqual(['cpu', 'wasm']);
    expect(cpu.version).toMatch(/^tfjs-backend-cpu \d+\.\d+\.\d+$/);
    expect(wasm.version).toMatch(/^tfjs-backend-wasm \d+\.\d+\.\d+ \(simd\)$/);
  });

  it.each([
    ['a dueling network', dueling],
    ['a convolutional network', convolutional],
  ])('train %s alike, step by step in turn', (_, network) => {
    const { parameters } = fillNetwork(network, 4, 1);
    const [onCpu, onWasm] = [cpu, wasm].map((backend) =>
      backend.instantiate(network, parameters, { maxBatch: 4, optimizer: ADAM }),
    ) as [NetworkInstance, NetworkInstance];
    for (let index = 0; index < 15; index++) {
      train(onCpu, index);
      expect(tf.getBackend()).toBe('cpu');
      train(onWasm, index);
      expect(tf.getBackend()).toBe('wasm');
    }
    const expected = onCpu.readParameters();
    for (const [name, values] of Object.entries(onWasm.readParameters())) {
      expectClose(values, expected[name]!, 1e-4, name);
    }
    onCpu.dispose();
    onWasm.dispose();
  });

  it('hold no more tensors after a hundred steps than after one, and none after dispose', () => {
    for (const backend of [cpu, wasm]) {
      const before = tf.memory();
      const { network, parameters, inputs } = fillNetwork(convolutional, 4, 2);
      const instance = backend.instantiate(network, parameters, { maxBatch: 4, optimizer: ADAM });
      const mask = { 'conv_2/kernel': Uint8Array.from(parameters['conv_2/kernel']!, (_, i) => i % 2) };
      const everything = (index: number): void => {
        train(instance, index);
        instance.forward(inputs, 4);
        instance.activations('conv_1');
        instance.setMasks(index % 2 === 0 ? mask : {});
        instance.writeParameters(instance.readParameters());
        instance.writeOptimizer(instance.readOptimizer());
      };
      everything(0);
      everything(1);
      const held = tf.memory();
      for (let index = 0; index < 50; index++) everything(index);
      expect(tf.memory()).toMatchObject({ numTensors: held.numTensors, numBytes: held.numBytes });
      instance.dispose();
      expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    }
  });

  it('hand out copies, never the memory that they compute in', () => {
    const bounded = { ...dueling, heads: [{ name: 'q', layers: [layer('q')] }], combine: 'concatenate' } as const;
    for (const backend of [cpu, wasm]) {
      const { network, parameters, inputs, batchSize, outputGradient } = fillNetwork(bounded, 4, 4);
      const instance = backend.instantiate(network, parameters, { maxBatch: batchSize, optimizer: ADAM });
      const gradients = (change: (values: Float32Array) => void) => {
        change(instance.forward(inputs, batchSize, { tape: true }));
        change(instance.activations('hidden_1'));
        instance.backward(outputGradient);
        return instance.gradients();
      };
      const untouched = gradients(() => undefined);
      expectSameBytes(
        gradients((values) => values.fill(9)),
        untouched,
      );
      instance.dispose();
    }
  });

  it('leave nothing behind when a step is refused', () => {
    const { network, parameters, inputs, outputGradient } = fillNetwork(dueling, 4, 3);
    const instance = wasm.instantiate(network, parameters, { maxBatch: 4, optimizer: ADAM });
    instance.forward(inputs, 4, { tape: true });
    instance.backward(outputGradient.with(0, NaN));
    const held = tf.memory().numTensors;
    expect(() => {
      instance.step({ learningRate: 0.1 });
    }).toThrow('"hidden_1/kernel"');
    expect(tf.memory().numTensors).toBe(held);
    expectSameBytes(instance.readParameters(), parameters);
    instance.dispose();
  });

  it('say so when they are not there', async () => {
    const missing = createTensorflowBackend({ tf, engine: 'abacus', name: 'abacus', version: '1' });
    await expect(missing).rejects.toThrow(EngineUnavailableError);
    await expect(missing).rejects.toThrow('"abacus"');
  });

  it('may be created twice', async () => {
    const again = await createWasmBackend({ binaries: '/nowhere/' });
    expect(again.version).toBe(wasm.version);
  });
});
