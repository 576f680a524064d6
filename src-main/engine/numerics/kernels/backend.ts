// The numerics port on fused WebAssembly kernels: one core, deterministic, little overhead per call.
import type { Backend } from '../backend.ts';
import { KernelInstance } from './kernel-instance.ts';
import type { WasmModule } from './webassembly.ts';

/** Rises whenever the kernels may compute other bytes than before. */
const KERNELS_VERSION = '1';

/** A compiled build of assembly/; `relaxed` ones use fused multiply-adds and round otherwise. */
export interface KernelModule {
  readonly module: WasmModule;
  readonly flavour: 'simd' | 'relaxed-simd';
}

export function createKernelBackend({ module, flavour }: KernelModule): Backend {
  return {
    name: 'kernels',
    version: `secateur kernels ${KERNELS_VERSION} (${flavour})`,
    instantiate: (network, parameters, options) => new KernelInstance(module, network, parameters, options),
  };
}
