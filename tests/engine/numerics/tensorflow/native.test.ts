// Native TensorFlow keeps the promises of the numerics port, where it is installed.
import { describe } from 'vitest';
import { createTensorflowBackend } from '../../../../src-main/engine/numerics/tensorflow/backend.ts';
import { loadTensorflow } from '../../../../src-main/workers/load-tensorflow.ts';
import { describeBackend } from '../backend-conformance.ts';

const loaded = loadTensorflow();

describe.runIf(loaded.kind === 'loaded')('installed', () => {
  describeBackend({
    name: 'tensorflow',
    createBackend: () => {
      if (loaded.kind !== 'loaded') throw new Error(loaded.reason);
      return createTensorflowBackend({ ...loaded, engine: 'tensorflow', name: 'tensorflow' });
    },
  });
});
