// Opens the window where there is an Electron and a display, and serves the page for a browser where not; what either needs
// is built before. Plain old JavaScript, as supported-node.mjs.
import { fileURLToPath } from 'url';
import { buildApplication, buildKernels } from './build-stale.mjs';
import { findElectron, targetFor } from './electron.mjs';
import { become, prepareNode, startNode } from './start-node.mjs';

const project = fileURLToPath(new URL('../', import.meta.url));
const args = process.argv.slice(2);
const prepare = (node) => buildKernels(node) || buildApplication(node);

const found = findElectron(
  { platform: process.platform, env: process.env, uid: process.getuid ? process.getuid() : undefined },
  args,
);
if (found.program) openWindow();
else if (args.some((argument) => argument === '--connect' || argument.startsWith('--connect='))) {
  console.error(`secateur: --connect takes a window, and ${found.reason}. Open the address in a browser instead.`);
  process.exitCode = 6;
} else {
  console.error(`secateur: no window, since ${found.reason}; serving the page for a browser instead.`);
  const forServe = args.filter((argument) => argument !== '--no-sandbox');
  startNode([`${project}src-main/hosts/cli/main.ts`, 'serve', ...forServe], prepare);
}

function openWindow() {
  const target = targetFor(found);
  if (target !== undefined && process.env.SECATEUR_TARGET === undefined) process.env.SECATEUR_TARGET = target;
  if (prepareNode(prepare) === undefined) return;
  delete process.env.ELECTRON_RUN_AS_NODE; // set in the terminals of editors that are Electron themselves
  become(found.program, [project, ...args]);
}
