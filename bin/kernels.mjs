// The WebAssembly kernels: what they are built from and whether that is done. Plain old JavaScript, as supported-node.mjs.
import { existsSync, readdirSync, statSync } from 'fs';

const project = new URL('../', import.meta.url);

/** The folder of their AssemblyScript sources; a packaged Secateur has none. */
export const kernelSources = new URL('src-main/engine/numerics/kernels/assembly/', project);

/** Compiles them. */
export const kernelBuilder = new URL('build/build-kernels.ts', project);

/** One file per set of WebAssembly features. */
export const kernels = [
  { file: new URL('resources/kernels/secateur-simd.wasm', project), features: ['simd'] },
  { file: new URL('resources/kernels/secateur-relaxed-simd.wasm', project), features: ['simd', 'relaxed-simd'] },
];

/** The kernels that are missing, or no newer than their sources. */
export function staleKernels() {
  if (!existsSync(kernelSources)) return [];
  const sources = readdirSync(kernelSources).map((name) => new URL(name, kernelSources));
  const newest = Math.max(...[...sources, kernelBuilder].map((file) => statSync(file).mtimeMs));
  return kernels.filter(({ file }) => !existsSync(file) || statSync(file).mtimeMs <= newest);
}
