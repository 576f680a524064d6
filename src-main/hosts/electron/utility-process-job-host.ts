// Jobs as utility processes of Electron: `child_process.fork` would need the fuse RunAsNode, which is off.
import type { UtilityProcess, utilityProcess } from 'electron';
import type { JobHost } from '../../services/job-host.ts';
import { HEAP_MEGABYTES, superviseJob, type WorkerProcess } from '../job-supervision.ts';

/** Error output that is still on its way when the process has ended gets this long. */
const LAST_WORDS_MS = 100;

/** What is used of Electron. */
export type Fork = typeof utilityProcess.fork;

/** @param entry path of the worker's built module */
export function utilityProcessJobHost(fork: Fork, entry: string): JobHost {
  return {
    start: (request, onEvent, python) => {
      const child = fork(entry, [], {
        serviceName: 'Secateur worker',
        // Handed on to V8 by Chromium; Node's own spelling has no effect in a utility process.
        execArgv: [`--js-flags=--max-old-space-size=${HEAP_MEGABYTES}`],
        // Electron 22 loses the error output when the standard output is ignored.
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout?.resume();
      return superviseJob(asWorker(child), request, onEvent, python);
    },
  };
}

function asWorker(child: UtilityProcess): WorkerProcess {
  let killed = false;
  /** A signal that cannot be caught, and that ends a process that is stopped, too: `child.kill()` is milder. */
  const end = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(child.pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  };
  child.on('spawn', () => {
    if (killed) end();
  });
  return {
    send: (message) => {
      child.postMessage(message);
    },
    kill: () => {
      killed = true;
      end();
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onErrorOutput: (listener) => {
      child.stderr?.on('data', (bytes: Buffer) => {
        listener(bytes.toString('utf8'));
      });
      // V8 gave up; without a listener this would end the host.
      child.on('error', (type, location) => {
        listener(`\n${type}: ${location}\n`);
      });
    },
    // A utility process that does not start exits.
    onFailedStart: () => undefined,
    onEnd: (listener) => {
      child.on('exit', (code) => {
        setTimeout(() => {
          listener(`exit code ${code}`);
        }, LAST_WORDS_MS);
      });
    },
  };
}
