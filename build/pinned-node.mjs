// Runs a script of ours or a command of our dependencies under the Node that runs Secateur, for the npm scripts:
// `node build/pinned-node.mjs vitest run`. The `node` that npm itself would find is often the machine's: the pinned
// packages of all platforms share that command, and npm 10 removes its link together with those it leaves out.
import { readFileSync } from 'fs';
import { fileURLToPath } from 'url';
import { startNode } from '../bin/start-node.mjs';

const project = new URL('../', import.meta.url);
const manifestIn = (folder) => JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));

/** Path of the script behind a command such as "tsc", which may be named otherwise than its package. */
function scriptOf(command) {
  for (const name of Object.keys(manifestIn(project).devDependencies)) {
    const folder = new URL(`node_modules/${name}/`, project);
    const { bin } = manifestIn(folder);
    const script = typeof bin === 'string' ? { [name]: bin }[command] : bin && bin[command];
    if (script) return fileURLToPath(new URL(script, folder));
  }
  throw new Error(`no development dependency has the command "${command}"`);
}

const [command, ...args] = process.argv.slice(2);
startNode([command.endsWith('.ts') ? command : scriptOf(command), ...args]);
