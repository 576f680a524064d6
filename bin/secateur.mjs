#!/usr/bin/env node
// Starts the command line, with the kernels built before if need be. Plain old JavaScript, as supported-node.mjs.
import { spawnSync } from 'child_process';
import { fileURLToPath } from 'url';
import { kernelBuilder, staleKernels } from './kernels.mjs';
import { startNode } from './start-node.mjs';

const main = fileURLToPath(new URL('../src-main/hosts/cli/main.ts', import.meta.url));

/** Returns the problem if there is one. What the build prints goes to standard error: standard output is the command's. */
function buildKernels(node) {
  if (staleKernels().length === 0) return undefined;
  const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(kernelBuilder)];
  const { status } = spawnSync(node, args, { stdio: ['ignore', process.stderr, process.stderr] });
  if (status === 0) return undefined;
  return 'secateur: its WebAssembly kernels could not be built, as said above; npm install in its folder brings what that takes.';
}

startNode([main, ...process.argv.slice(2)], buildKernels);
