#!/usr/bin/env node
// Starts the command line under a Node that can run it, whatever Node was called. As in supported-node.mjs: plain old
// JavaScript.
import { spawn } from 'child_process';
import { constants } from 'os';
import { fileURLToPath } from 'url';
import { chooseNode, pinnedNode } from './supported-node.mjs';

const main = fileURLToPath(new URL('../src-main/hosts/cli/main.ts', import.meta.url));

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

const chosen = chooseNode({
  pinned: pinnedNode({ platform: process.platform, arch: process.arch }),
  current: { path: process.execPath, version: process.versions.node },
});
if (chosen.problem) {
  console.error(chosen.problem);
  process.exitCode = 1;
} else {
  const args = ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)];
  if (process.execve && process.platform !== 'win32') replaceProcess(chosen.path, args);
  else relayProcess(chosen.path, args);
}
