// Jobs as child processes of Node, for the CLI and the browser host.
import { fork, type ChildProcess } from 'node:child_process';
import type { JobHost } from '../services/job-host.ts';
import { HEAP_MEGABYTES, superviseJob, type WorkerProcess } from './job-supervision.ts';

/** @param entry path of the worker's module */
export function childProcessJobHost(entry: string): JobHost {
  return {
    start: (request, onEvent) => {
      const child = fork(entry, {
        execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, '--disable-warning=ExperimentalWarning'],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        // A group of its own: Ctrl-C in the terminal is for the host, which decides what becomes of its workers.
        detached: process.platform !== 'win32',
      });
      return superviseJob(asWorker(child), request, onEvent);
    },
  };
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
