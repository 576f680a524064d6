// TensorFlow.js in plain JavaScript: slow, and the reference for the others.
import type { Backend } from '../backend.ts';
import { createTensorflowBackend } from './backend.ts';

/** Imports TensorFlow.js only now: whoever uses another backend does not pay for it. */
export async function createCpuBackend(): Promise<Backend> {
  const tf = await import('@tensorflow/tfjs-core');
  const { version_cpu } = await import('@tensorflow/tfjs-backend-cpu');
  return createTensorflowBackend({ tf, engine: 'cpu', name: 'cpu', version: `tfjs-backend-cpu ${version_cpu}` });
}
