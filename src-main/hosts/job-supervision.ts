// One job in one worker process, however the process is started: what it says is checked, how it ends becomes a result or
// a typed error, and afterwards it is gone.
import { workerMessageSchema, type HostMessage, type JobRequest, type JobResult } from '../contract/job.ts';
import { RelayedError } from '../contract/secateur-error.ts';
import { JobAbortedError, JobTimeoutError, WorkerDiedError, WorkerProtocolError } from '../services/job-errors.ts';
import type { Job, JobEvent } from '../services/job-host.ts';

/** Of a worker's heap; typed arrays and WebAssembly come on top. */
export const HEAP_MEGABYTES = 1024;
/** Reading a file takes seconds; a file that takes longer is not honest. */
const IMPORT_TIMEOUT_MS = 120_000;
const LAST_WORDS = 2000;

/** What a job needs of the process that it runs in. */
export interface WorkerProcess {
  /** Lost on a process that has ended. */
  send(message: HostMessage): void;
  /** Ends it at once, whatever it does. */
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  /** What it writes to standard error. */
  onErrorOutput(listener: (text: string) => void): void;
  onFailedStart(listener: (error: Error) => void): void;
  /** Called after the last message. @param how signal or exit code, in words */
  onEnd(listener: (how: string) => void): void;
}

/** The line of a crash that says what happened; a stack and the version of Node follow it. */
function essenceOf(lastWords: string): string {
  const lines = lastWords.trim().split('\n');
  return lines.find((line) => /error/i.test(line)) ?? lines[0]!;
}

export function superviseJob(
  worker: WorkerProcess,
  request: JobRequest,
  onEvent: (event: JobEvent) => void,
  python: string | null = null,
): Job {
  let lastWords = '';
  worker.onErrorOutput((text) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });
  let settled = false;
  const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
  const settle = (finish: () => void): void => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    finish();
    worker.kill();
  };
  const fail = (error: Error): void => {
    settle(() => {
      reject(error);
    });
  };
  const timer =
    request.kind === 'import'
      ? setTimeout(() => {
          fail(new JobTimeoutError(IMPORT_TIMEOUT_MS / 1000));
        }, IMPORT_TIMEOUT_MS)
      : undefined;

  worker.onMessage((raw) => {
    if (settled) return;
    const parsed = workerMessageSchema.safeParse(raw);
    if (!parsed.success) {
      fail(new WorkerProtocolError(parsed.error.message));
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
        fail(new RelayedError(message.problem));
        break;
      default:
        onEvent(message);
    }
  });
  worker.onFailedStart((error) => {
    fail(new WorkerDiedError('it did not start', error.message));
  });
  worker.onEnd((how) => {
    fail(new WorkerDiedError(how, essenceOf(lastWords)));
  });
  worker.send({ type: 'start', request, ...(python !== null && { python }) });

  const tell = (type: 'stop' | 'pause' | 'continue' | 'watch') => (): void => {
    if (!settled) worker.send({ type });
  };
  return {
    stop: tell('stop'),
    pause: tell('pause'),
    continue: tell('continue'),
    watch: tell('watch'),
    abort: () => {
      fail(new JobAbortedError());
    },
    result: promise,
  };
}
