// Runs at the end of `npm install`, under whatever Node the machine has: links the Node that npm installed as `node` for
// the npm scripts, and builds the kernels with it.
import { execFileSync } from 'child_process';
import { existsSync } from 'fs';
import { join } from 'path';
import { chooseNode, pinnedNode } from '../bin/supported-node.mjs';

const run = (...args) => execFileSync(chosen.path, args, { stdio: 'inherit' });

const pinned = pinnedNode(process);
const chosen = chooseNode({ pinned, current: { path: process.execPath, version: process.versions.node } });
if (chosen.problem) {
  console.error(chosen.problem);
  process.exit(1);
}

// The packages of all platforms share the command `node`, and npm 10 removes its link with the packages it leaves out.
const link = join('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
if (pinned !== undefined && !existsSync(link)) run(process.env.npm_execpath, 'rebuild', '--ignore-scripts', '--silent');

run('build/build-kernels.ts');
