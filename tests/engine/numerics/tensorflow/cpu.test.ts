// TensorFlow.js in plain JavaScript keeps the promises of the numerics port.
import { createCpuBackend } from '../../../../src-main/engine/numerics/tensorflow/cpu.ts';
import { describeBackend } from '../backend-conformance.ts';

describeBackend({ name: 'cpu', createBackend: createCpuBackend });
