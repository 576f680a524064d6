// Continues under a Node that runs Secateur, whatever Node was called. Plain old JavaScript, as supported-node.mjs.
import { spawn } from 'child_process';
import { constants } from 'os';
import { fileURLToPath } from 'url';
import { chooseNode, nodeOptions, pinnedNode } from './supported-node.mjs';

/** Becomes the other program: same process, so signals and exit status need no relay. */
function replaceProcess(node, args) {
  process.execve(node, [node, ...args]);
}

/** Runs the other program as a child that looks like this process from outside: same streams, signals, exit status. */
function relayProcess(node, args) {
  // A terminal sends Ctrl-C to the whole process group, so the child already has it. Without a terminal the child gets a
  // group of its own and every signal is passed on: either way it hears each signal once.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const windows = process.platform === 'win32';
  const child = spawn(node, args, { stdio: 'inherit', detached: !terminal && !windows });

  const relay = (signal) => child.kill(signal);
  const leaveToTerminal = () => undefined;
  process.on('SIGINT', terminal || windows ? leaveToTerminal : relay);
  process.on('SIGHUP', relay);
  process.on('SIGTERM', relay);

  child.on('error', (error) => {
    console.error(`secateur: could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Where a signal does not end this process (Windows, or one that is ignored), say it the way shells do.
    setTimeout(() => process.exit(128 + constants.signals[signal]), 100);
  });
}

/** Continues as the other program, with these arguments. */
export function become(program, args) {
  const start = process.execve && process.platform !== 'win32' ? replaceProcess : relayProcess;
  start(program, args);
}

/**
 * A Node that runs Secateur, `{ path, version }`, or undefined once it has been said in one line why there is none.
 * `prepare` is called with its path, and returns the problem if it meets one.
 */
export function prepareNode(prepare) {
  const chosen = chooseNode({
    pinned: pinnedNode({ platform: process.platform, arch: process.arch }),
    current: { path: process.execPath, version: process.versions.node },
  });
  const problem = chosen.problem || prepare(chosen.path);
  if (!problem) return chosen;
  console.error(problem);
  process.exitCode = 1;
  return undefined;
}

/** Runs the script `args[0]` with the rest as its arguments, after `prepare`, or says in one line why not. */
export function startNode(args, prepare = () => undefined) {
  const node = prepareNode(prepare);
  if (node === undefined) return;
  // What Node compiles it keeps here for the next start, which then takes a third of the time; workers inherit it.
  if (process.env.NODE_COMPILE_CACHE === undefined) {
    process.env.NODE_COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/secateur', import.meta.url));
  }
  become(node.path, [...nodeOptions({ version: node.version, arch: process.arch }), ...args]);
}
