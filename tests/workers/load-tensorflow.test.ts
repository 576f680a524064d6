// Finding TensorFlow.js and native TensorFlow, whatever is installed.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import util from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadTensorflow, packageIn, setupFolder, wasmBinaries } from '../../src-main/workers/load-tensorflow.ts';

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
  it('prefers what was set up for Secateur, then the package for GPUs', () => {
    const asked: string[] = [];
    const loaded = loadTensorflow({
      load: (name) => {
        asked.push(name);
        if (asked.length < 3) throw new Error('libtensorflow_cc.so.2: cannot open shared object file');
        return native(false);
      },
    });
    expect(asked).toEqual([packageIn(setupFolder), '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']);
    expect(loaded).toMatchObject({ version: 'tfjs-node 4.22.0 (TensorFlow 2.9.1, CPU)', device: 'CPU' });
  });

  it('names the package, the versions and the device', () => {
    const gpu = loadTensorflow({ packages: ['@tensorflow/tfjs-node-gpu'], load: () => native(true) });
    expect(gpu).toMatchObject({ kind: 'loaded', version: 'tfjs-node-gpu 4.22.0 (TensorFlow 2.9.1, GPU)' });
  });

  it('says why what is there does not load, in one line', () => {
    const loaded = loadTensorflow({
      packages: ['one', 'two'],
      load: (name) => {
        throw new Error(`Cannot find module 'something-that-${name}-needs'\nRequire stack:\n- somewhere`);
      },
    });
    expect(loaded).toEqual({
      kind: 'unavailable',
      reason: "one: Cannot find module 'something-that-one-needs'; two: Cannot find module 'something-that-two-needs'",
    });
  });

  it('says how to get it where none is there', () => {
    const empty = mkdtempSync(join(tmpdir(), 'secateur-tensorflow-'));
    const loaded = loadTensorflow({ packages: [packageIn(empty), '@tensorflow/no-such-package'] });
    rmSync(empty, { recursive: true });
    expect(loaded).toEqual({
      kind: 'unavailable',
      reason: 'it is not installed, which `npm run setup:tensorflow` does',
    });
  });

  it('puts back what Node removed before the package needs it', () => {
    const seen: unknown[] = [];
    loadTensorflow({
      load: () => {
        const { isNullOrUndefined } = util as unknown as { isNullOrUndefined: (value: unknown) => boolean };
        seen.push(...[null, undefined, 0, ''].map((value) => isNullOrUndefined(value)));
        return native(false);
      },
    });
    expect(seen).toEqual([true, true, false, false]);
  });
});
