// Finding TensorFlow.js and native TensorFlow, whatever is installed.
import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import util from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadTensorflow, wasmBinaries } from '../../src-main/workers/load-tensorflow.ts';

const native = (gpu: boolean) => ({
  version: { 'tfjs-node': '4.22.0' },
  backend: () => ({ binding: { TF_Version: '2.9.1' }, isUsingGpuDevice: gpu }),
});

describe('wasmBinaries', () => {
  it('is the folder of the .wasm files', () => {
    expect(wasmBinaries().endsWith(sep)).toBe(true);
    expect(readdirSync(wasmBinaries())).toContain('tfjs-backend-wasm-simd.wasm');
  });
});

describe('loadTensorflow', () => {
  it('prefers the package for GPUs', () => {
    const asked: string[] = [];
    const loaded = loadTensorflow((name) => {
      asked.push(name);
      return native(true);
    });
    expect(asked).toEqual(['@tensorflow/tfjs-node-gpu']);
    expect(loaded).toMatchObject({ kind: 'loaded', version: 'tfjs-node-gpu 4.22.0 (TensorFlow 2.9.1, GPU)' });
  });

  it('falls back to the package without', () => {
    const loaded = loadTensorflow((name) => {
      if (name.endsWith('gpu')) throw new Error('libcudart.so.11.0: cannot open shared object file');
      return native(false);
    });
    expect(loaded).toMatchObject({ kind: 'loaded', version: 'tfjs-node 4.22.0 (TensorFlow 2.9.1, CPU)' });
  });

  it('says why neither loads, in one line', () => {
    const loaded = loadTensorflow((name) => {
      throw new Error(`Cannot find module '${name}'\nRequire stack:\n- somewhere`);
    });
    expect(loaded).toEqual({
      kind: 'unavailable',
      reason:
        "@tensorflow/tfjs-node-gpu: Cannot find module '@tensorflow/tfjs-node-gpu'; " +
        "@tensorflow/tfjs-node: Cannot find module '@tensorflow/tfjs-node'",
    });
  });

  it('puts back what Node removed before the package needs it', () => {
    const seen: unknown[] = [];
    loadTensorflow(() => {
      const { isNullOrUndefined } = util as unknown as { isNullOrUndefined: (value: unknown) => boolean };
      seen.push(...[null, undefined, 0, ''].map((value) => isNullOrUndefined(value)));
      return native(false);
    });
    expect(seen).toEqual([true, true, false, false]);
  });
});
