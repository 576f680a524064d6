// Native TensorFlow keeps the promises of the numerics port, where it is installed.
import { it } from 'vitest';
import { createTensorflowBackend } from '../../../../src-main/engine/numerics/tensorflow/backend.ts';
import { loadTensorflow } from '../../../../src-main/workers/load-tensorflow.ts';
import { describeBackend } from '../backend-conformance.ts';

const loaded = loadTensorflow();
if (loaded.kind === 'loaded') {
  describeBackend({
    name: 'tensorflow',
    createBackend: () => createTensorflowBackend({ ...loaded, engine: 'tensorflow', name: 'tensorflow' }),
  });
} else {
  it('computes as the reference does', ({ skip }) => {
    skip(`native TensorFlow does not load: ${loaded.reason}`);
  });
}
