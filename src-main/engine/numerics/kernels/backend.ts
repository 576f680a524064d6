// The numerics port on fused WebAssembly kernels: one core, deterministic, little overhead per call.
import type { Backend } from '../backend.ts';
import { KernelInstance } from './kernel-instance.ts';
import type { KernelModule } from './webassembly.ts';

/** Rises whenever the kernels may compute other bytes than before. */
const KERNELS_VERSION = '2';

export function createKernelBackend(kernels: KernelModule): Backend {
  return {
    name: 'kernels',
    version: `secateur kernels ${KERNELS_VERSION} (${kernels.flavour})`,
    instantiate: (network, parameters, options) => new KernelInstance(kernels, network, parameters, options),
  };
}
