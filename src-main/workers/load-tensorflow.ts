// Where TensorFlow.js lies on this machine, and native TensorFlow where it is installed: neither is ours to ship.
import { createRequire } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import type { Tensorflow } from '../engine/numerics/tensorflow/session.ts';

const require = createRequire(import.meta.url);

/** Folder of the .wasm files of @tensorflow/tfjs-backend-wasm, ending in a separator. */
export function wasmBinaries(): string {
  return dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep;
}

/** What `npm run setup:tensorflow` makes: whole, or not at all. */
export const setupFolder = fileURLToPath(new URL('../../.tensorflow', import.meta.url));

/** Folder of tfjs-node in a folder that was set up. */
export const packageIn = (folder: string): string => join(folder, 'node_modules', '@tensorflow', 'tfjs-node');

/** In order of preference. All are optional; the two from npm download libtensorflow on installation, which may fail. */
const PACKAGES = [packageIn(setupFolder), '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

/** What tfjs-node has besides tfjs-core. */
type NativeTensorflow = Tensorflow & { readonly version: { readonly 'tfjs-node': string } };
interface NativeEngine {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
}

/** `version` as `Backend.version` has it: "tfjs-node 4.22.0 (TensorFlow 2.9.1, CPU)". */
export type LoadedTensorflow =
  | { readonly kind: 'loaded'; readonly tf: Tensorflow; readonly version: string; readonly device: 'CPU' | 'GPU' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/**
 * Loads native TensorFlow: what was set up for Secateur, else what npm installed beside it, on a GPU if possible.
 * @param packages names or folders to try, in this order.
 * @param load stands in for `require` in tests.
 * @returns the module to pass to `createTensorflowBackend` with the engine `tensorflow`, or why there is none.
 */
export function loadTensorflow({
  packages = PACKAGES,
  load = require,
}: {
  readonly packages?: readonly string[];
  readonly load?: (name: string) => unknown;
} = {}): LoadedTensorflow {
  restoreIsNullOrUndefined();
  // TensorFlow reads it once, when its addon is loaded. With oneDNN, 2.21 on a CPU convolves wrongly, reading memory that
  // is not its own, where rows and columns have different strides.
  process.env.TF_ENABLE_ONEDNN_OPTS = '0';
  const reasons: string[] = [];
  for (const name of packages) {
    try {
      const tf = load(name) as NativeTensorflow;
      const { binding, isUsingGpuDevice } = tf.backend() as unknown as NativeEngine;
      const device = isUsingGpuDevice ? 'GPU' : 'CPU';
      const version = `${tf.version['tfjs-node']} (TensorFlow ${binding.TF_Version}, ${device})`;
      return { kind: 'loaded', tf, version: `${basename(name)} ${version}`, device };
    } catch (error) {
      if (!isAbsent(error, name)) reasons.push(`${name}: ${firstLine(error)}`);
    }
  }
  if (reasons.length > 0) return { kind: 'unavailable', reason: reasons.join('; ') };
  return { kind: 'unavailable', reason: 'it is not installed, which `npm run setup:tensorflow` does' };
}

/** Whether the package itself is missing, and not something that it needs. */
function isAbsent(error: unknown, name: string): boolean {
  const { code } = error as { code?: unknown };
  return code === 'MODULE_NOT_FOUND' && firstLine(error) === `Cannot find module '${name}'`;
}

/** Node's message goes on with the stack of requires; the first line says what is missing. */
const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean };
  removed.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
