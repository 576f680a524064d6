// Builds what a start needs and is missing or old. What the builds print goes to standard error: standard output is the
// command's. Plain old JavaScript, as supported-node.mjs.
import { spawnSync } from 'child_process';
import { fileURLToPath } from 'url';
import { applicationBuilder, isApplicationStale } from './application.mjs';
import { kernelBuilder, staleKernels } from './kernels.mjs';

function build(node, builder, args, what) {
  const { status } = spawnSync(node, ['--disable-warning=ExperimentalWarning', fileURLToPath(builder), ...args], {
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status === 0) return undefined;
  return `secateur: its ${what} could not be built, as said above; npm install in its folder brings what that takes.`;
}

/** Returns the problem if there is one. */
export function buildKernels(node) {
  return staleKernels().length === 0 ? undefined : build(node, kernelBuilder, [], 'WebAssembly kernels');
}

/** The page, and what the window runs. Returns the problem if there is one. */
export function buildApplication(node) {
  return isApplicationStale() ? build(node, applicationBuilder, ['--if-stale'], 'page') : undefined;
}
