// The command line as a process, the way a person or a script starts it.
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { nodeOptions } from '../../../bin/supported-node.mjs';

const main = fileURLToPath(new URL('../../../src-main/hosts/cli/main.ts', import.meta.url));
const project = fileURLToPath(new URL('../../../', import.meta.url));

const options = nodeOptions({ version: process.versions.node, arch: process.arch });
export const cliCommand: readonly [string, ...string[]] = [process.execPath, ...options, main];

/** Neither a terminal nor a build machine, and no colours. */
export const cliEnvironment = { ...process.env, CI: undefined, NO_COLOR: '1', FORCE_COLOR: undefined };

const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves as soon as standard error fits; rejected when the process ends without. */
  readonly says: (pattern: RegExp) => Promise<void>;
}

export function startCli(...args: string[]): RunningCli {
  const [node, ...fixed] = cliCommand;
  const child = spawn(node, [...fixed, ...args], {
    cwd: project,
    env: cliEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let stdout = '';
  let stderr = '';
  let hear: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    hear();
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
  const says = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      hear = () => {
        if (pattern.test(stderr)) resolve();
      };
      hear();
      void finished.then(() => {
        reject(new Error(`the process ended without saying ${String(pattern)}:\n${stderr}`));
      });
    });
  return { child, finished, says };
}

export const runCli = (...args: string[]): Promise<Finished> => startCli(...args).finished;

/** The standard output of a command that has to succeed. */
export async function outputOf(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(...args);
  if (code !== 0) throw new Error(`exit code ${code ?? 'none'}:\n${stderr}`);
  return stdout;
}

/** Process ids of the workers of a running command line; Linux only. */
export const workersOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null; // gone in the meantime
  }
}

/** A process that has ended but was not reaped counts as gone. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}
