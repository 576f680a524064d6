// The numerics backends of this process: which there are, and which one "auto" means.
import type { Backend } from '../engine/numerics/backend.ts';
import { createTensorflowBackend } from '../engine/numerics/tensorflow/backend.ts';
import { createCpuBackend } from '../engine/numerics/tensorflow/cpu.ts';
import { createWasmBackend } from '../engine/numerics/tensorflow/wasm.ts';
import { Registry } from '../engine/registry.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { loadKernelBackend } from './load-kernels.ts';
import { loadTensorflow, wasmBinaries } from './load-tensorflow.ts';

/** A backend that is known but does not load on this machine. */
export class BackendUnavailableError extends SecateurError {
  readonly kind = 'environment';

  constructor(name: string, reason: string) {
    super(`the backend "${name}" does not load: ${reason}`, 'Use --backend auto, or see `secateur doctor`.');
  }
}

export interface BackendLoader {
  readonly id: string;
  readonly description: string;
  /** @throws BackendUnavailableError */
  readonly load: () => Promise<Backend>;
}

export const backendLoaders = new Registry<BackendLoader>('backend', [
  {
    id: 'kernels',
    description: 'fused WebAssembly SIMD kernels of Secateur, one core; the default',
    load: () => Promise.resolve(loadKernelBackend()),
  },
  {
    id: 'wasm',
    description: 'TensorFlow.js on WebAssembly',
    load: () => createWasmBackend({ binaries: wasmBinaries() }),
  },
  {
    id: 'tensorflow',
    description: 'TensorFlow through tfjs-node-gpu or tfjs-node, where one of them is installed',
    load: async () => {
      const loaded = loadTensorflow();
      if (loaded.kind === 'unavailable') throw new BackendUnavailableError('tensorflow', loaded.reason);
      const { tf, version } = loaded;
      return createTensorflowBackend({ tf, engine: 'tensorflow', name: 'tensorflow', version });
    },
  },
  {
    id: 'cpu',
    description: 'TensorFlow.js in plain JavaScript: the reference, slow',
    load: createCpuBackend,
  },
]);

const DEFAULT_BACKEND = 'kernels';

/** @param name of a backend, or "auto". @throws UnknownNameError */
export function findBackend(name: string): BackendLoader {
  return backendLoaders.get(name === 'auto' ? DEFAULT_BACKEND : name);
}

/** @param name of a backend, or "auto". @throws UnknownNameError, BackendUnavailableError */
export function loadBackend(name: string): Promise<Backend> {
  return findBackend(name).load();
}
