// TensorFlow.js on its own WebAssembly kernels (XNNPACK).
import type { Backend } from '../backend.ts';
import { createTensorflowBackend } from './backend.ts';

/**
 * Imports TensorFlow.js only now: whoever uses another backend does not pay for it.
 * @param binaries folder of the .wasm files of @tensorflow/tfjs-backend-wasm, ending in a slash. The first call decides.
 * @throws EngineUnavailableError when they are not there.
 */
export async function createWasmBackend({ binaries }: { readonly binaries: string }): Promise<Backend> {
  const tf = await import('@tensorflow/tfjs-core');
  const { setWasmPaths, version_wasm } = await import('@tensorflow/tfjs-backend-wasm');
  if (!('wasm' in tf.engine().registry)) setWasmPaths(binaries);
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  return createTensorflowBackend({
    tf,
    engine: 'wasm',
    name: 'wasm',
    version: `tfjs-backend-wasm ${version_wasm}${simd ? ' (simd)' : ''}`,
  });
}
