// Both builds of the kernels against what every backend must do.
import { loadKernelBackend } from '../../../src-main/workers/load-kernels.ts';
import { describeBackend } from './backend-conformance.ts';

for (const flavour of ['simd', 'relaxed-simd'] as const) {
  describeBackend({ name: flavour, createBackend: () => loadKernelBackend(flavour) });
}
