// Where TensorFlow.js lies on this machine, and native TensorFlow where it is installed: neither is ours to ship.
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import util from 'node:util';
import type { Tensorflow } from '../engine/numerics/tensorflow/session.ts';

const require = createRequire(import.meta.url);

/** Folder of the .wasm files of @tensorflow/tfjs-backend-wasm, ending in a separator. */
export function wasmBinaries(): string {
  return dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep;
}

/** What tfjs-node has besides tfjs-core. */
type NativeTensorflow = Tensorflow & { readonly version: { readonly 'tfjs-node': string } };
interface NativeEngine {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
}

/** `version` as `Backend.version` has it: "tfjs-node 4.22.0 (TensorFlow 2.9.1, CPU)". */
export type LoadedTensorflow =
  | { readonly kind: 'loaded'; readonly tf: Tensorflow; readonly version: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** In order of preference. Both are optional: their installation downloads libtensorflow, and may fail. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

/**
 * Loads native TensorFlow, on a GPU if possible.
 * @param load stands in for `require` in tests.
 * @returns the module to pass to `createTensorflowBackend` with the engine `tensorflow`, or why there is none.
 */
export function loadTensorflow(load: (name: string) => unknown = require): LoadedTensorflow {
  restoreIsNullOrUndefined();
  const reasons: string[] = [];
  for (const name of PACKAGES) {
    try {
      const tf = load(name) as NativeTensorflow;
      return { kind: 'loaded', tf, version: `${name.slice('@tensorflow/'.length)} ${describe(tf)}` };
    } catch (error) {
      // Node's message goes on with the stack of requires; the first line says what is missing.
      reasons.push(`${name}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]!}`);
    }
  }
  return { kind: 'unavailable', reason: reasons.join('; ') };
}

function describe(tf: NativeTensorflow): string {
  const { binding, isUsingGpuDevice } = tf.backend() as unknown as NativeEngine;
  return `${tf.version['tfjs-node']} (TensorFlow ${binding.TF_Version}, ${isUsingGpuDevice ? 'GPU' : 'CPU'})`;
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean };
  removed.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
