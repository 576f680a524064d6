// TensorFlow.js on its WebAssembly kernels keeps the promises of the numerics port.
import { createWasmBackend } from '../../../../src-main/engine/numerics/tensorflow/wasm.ts';
import { wasmBinaries } from '../../../../src-main/workers/load-tensorflow.ts';
import { describeBackend } from '../backend-conformance.ts';

describeBackend({ name: 'wasm', createBackend: () => createWasmBackend({ binaries: wasmBinaries() }) });
