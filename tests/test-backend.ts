// The numerics that tests of everything above the port run on: the plain SIMD build, which rounds alike everywhere.
import { loadKernelBackend } from '../src-main/workers/load-kernels.ts';

export const testBackend = loadKernelBackend('simd');
