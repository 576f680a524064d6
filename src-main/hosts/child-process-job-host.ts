// Jobs as child processes of Node, for the CLI and the browser host.
import { fork, type ChildProcess } from 'node:child_process';
import type { JobHost } from '../services/job-host.ts';
import { HEAP_MEGABYTES, superviseJob, type WorkerProcess } from './job-supervision.ts';
import { withSpare, type SpareProcess } from './spare-process.ts';

/** Those options of this process that the kernels want; bin/supported-node.mjs gives them to a Node that knows them. */
const WASM_OPTIONS = process.execArgv.filter((option) => option.startsWith('--experimental-wasm-'));

function startWorker(entry: string): ChildProcess {
  return fork(entry, {
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, '--disable-warning=ExperimentalWarning', ...WASM_OPTIONS],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C in the terminal is for the host, which decides what becomes of its workers.
    detached: process.platform !== 'win32',
  });
}

/** What of a child keeps its parent alive. */
const holds = (child: ChildProcess): { ref: () => void; unref: () => void }[] =>
  [child, child.channel, child.stderr].filter((hold) => hold != null) as { ref: () => void; unref: () => void }[];

/**
 * @param entry path of the worker's module
 * @param options.spare whether the next worker is started ahead, for a host that people wait for
 */
export function childProcessJobHost(entry: string, { spare = false } = {}): JobHost {
  const start = (): ChildProcess => startWorker(entry);
  const processes: SpareProcess<ChildProcess> = {
    start,
    rest: (child, gone) => {
      for (const hold of holds(child)) hold.unref();
      child.once('error', gone).once('exit', gone);
    },
    wake: (child) => {
      for (const hold of holds(child)) hold.ref();
    },
    end: (child) => child.kill('SIGKILL'),
  };
  const take = spare ? withSpare(processes) : start;
  return { start: (request, onEvent, python) => superviseJob(asWorker(take()), request, onEvent, python) };
}

function asWorker(child: ChildProcess): WorkerProcess {
  return {
    send: (message) => {
      // A worker that cannot be told anything has ended, which 'close' reports.
      child.send(message, () => undefined);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onErrorOutput: (listener) => {
      child.stderr?.setEncoding('utf8').on('data', listener);
    },
    onFailedStart: (listener) => {
      child.on('error', listener);
    },
    onEnd: (listener) => {
      // Not 'exit': what it said last may still be on its way then.
      child.on('close', (code, signal) => {
        listener(signal ?? `exit code ${code ?? '?'}`);
      });
    },
  };
}
