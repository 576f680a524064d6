// Jobs as child processes of Node, for the CLI and the browser host.
import { fork, type ChildProcess } from 'node:child_process';
import { workerMessageSchema, type JobRequest, type JobResult } from '../contract/job.ts';
import { RelayedError } from '../contract/secateur-error.ts';
import { JobAbortedError, JobTimeoutError, WorkerDiedError, WorkerProtocolError } from '../services/job-errors.ts';
import type { Job, JobEvent, JobHost } from '../services/job-host.ts';

/** Of a worker's heap; typed arrays and WebAssembly come on top. */
const HEAP_MEGABYTES = 1024;
/** Reading a file takes seconds; a file that takes longer is not honest. */
const IMPORT_TIMEOUT_MS = 120_000;
const LAST_WORDS = 2000;

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
      return superviseJob(child, request, onEvent);
    },
  };
}

/** The line of a crash that says what happened; a stack and the version of Node follow it. */
function essenceOf(lastWords: string): string {
  const lines = lastWords.trim().split('\n');
  return lines.find((line) => /error/i.test(line)) ?? lines[0]!;
}

function superviseJob(child: ChildProcess, request: JobRequest, onEvent: (event: JobEvent) => void): Job {
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });
  let settled = false;
  const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
  const settle = (finish: () => void): void => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    finish();
    child.kill('SIGKILL');
  };
  const timer =
    request.kind === 'import'
      ? setTimeout(() => {
          settle(() => {
            reject(new JobTimeoutError(IMPORT_TIMEOUT_MS / 1000));
          });
        }, IMPORT_TIMEOUT_MS)
      : undefined;

  child.on('message', (raw) => {
    if (settled) return;
    const parsed = workerMessageSchema.safeParse(raw);
    if (!parsed.success) {
      settle(() => {
        reject(new WorkerProtocolError(parsed.error.message));
      });
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'result':
        settle(() => {
          resolve(message.result);
        });
        break;
      case 'failed':
        settle(() => {
          reject(new RelayedError(message.problem));
        });
        break;
      default:
        onEvent(message);
    }
  });
  child.on('error', (error) => {
    settle(() => {
      reject(new WorkerDiedError('it did not start', error.message));
    });
  });
  // Not 'exit': what it said last may still be on its way then.
  child.on('close', (code, signal) => {
    settle(() => {
      reject(new WorkerDiedError(signal ?? `exit code ${code ?? '?'}`, essenceOf(lastWords)));
    });
  });
  // A worker that cannot be told anything has ended, which 'close' reports.
  child.send({ type: 'start', request }, () => undefined);

  const tell = (type: 'stop' | 'pause' | 'continue' | 'watch') => (): void => {
    if (!settled) child.send({ type }, () => undefined);
  };
  return {
    stop: tell('stop'),
    pause: tell('pause'),
    continue: tell('continue'),
    watch: tell('watch'),
    abort: () => {
      settle(() => {
        reject(new JobAbortedError());
      });
    },
    result: promise,
  };
}
