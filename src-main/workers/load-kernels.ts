// The kernels of this machine: the relaxed build where the engine runs it, else the plain one.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Backend } from '../engine/numerics/backend.ts';
import { createKernelBackend } from '../engine/numerics/kernels/backend.ts';
import { webAssembly, type KernelModule } from '../engine/numerics/kernels/webassembly.ts';

type Flavour = KernelModule['flavour'];

const readBuild = (flavour: Flavour): Uint8Array =>
  // A path and not an address, which Electron does not look up in an application's archive.
  readFileSync(fileURLToPath(new URL(`../../resources/kernels/secateur-${flavour}.wasm`, import.meta.url)));

/** What bin/supported-node.mjs starts a Node with whose engine makes 256-bit instructions of pairs of vectors. */
const pairsVectors = process.execArgv.includes('--experimental-wasm-revectorize');

/**
 * @param flavour which build; when absent, the faster one if this engine runs it.
 * @param wide whether with tiles for an engine that pairs vectors; when absent, if this one does.
 */
export function loadKernels(flavour?: Flavour, wide = pairsVectors): KernelModule {
  const chosen = flavour ?? (webAssembly.validate(readBuild('relaxed-simd')) ? 'relaxed-simd' : 'simd');
  return { flavour: chosen, module: new webAssembly.Module(readBuild(chosen)), wide };
}

export const loadKernelBackend = (flavour?: Flavour, wide?: boolean): Backend =>
  createKernelBackend(loadKernels(flavour, wide));
