// Jobs in utility processes: how Electron's differ from child processes, on a stand-in. The real ones run in tests/e2e.
import { EventEmitter } from 'node:events';
import type { UtilityProcess } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { utilityProcessJobHost } from '../../../src-main/hosts/electron/utility-process-job-host.ts';
import { JobAbortedError, WorkerDiedError } from '../../../src-main/services/job-errors.ts';
import { trainRecipe } from '../../contract/recipes.ts';

const request = { kind: 'check', recipe: trainRecipe() } as const;

class StandInProcess extends EventEmitter {
  pid: number | undefined = undefined;
  readonly stdout = null;
  readonly stderr = new EventEmitter();
  readonly told: unknown[] = [];
  postMessage(message: unknown): void {
    this.told.push(message);
  }
}

function start() {
  const child = new StandInProcess();
  const forked: unknown[][] = [];
  const fork = (...args: unknown[]): UtilityProcess => {
    forked.push(args);
    return child as unknown as UtilityProcess;
  };
  const events: unknown[] = [];
  const job = utilityProcessJobHost(fork, '/out/main/job.cjs').start(request, (event) => events.push(event));
  job.result.catch(() => undefined);
  return { child, job, events, forked };
}

const killed: unknown[][] = [];
let isGone = false;
beforeEach(() => {
  killed.length = 0;
  isGone = false;
  vi.spyOn(process, 'kill').mockImplementation((...args) => {
    if (isGone) throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
    killed.push(args);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

it('gives the worker its request, a bounded heap, and hears its answer', async () => {
  const { child, job, forked, events } = start();
  child.pid = 77;
  child.emit('spawn');
  expect(child.told).toEqual([{ type: 'start', request }]);
  expect(forked).toMatchObject([['/out/main/job.cjs', [], { execArgv: ['--js-flags=--max-old-space-size=1024'] }]]);
  child.emit('message', { type: 'log', level: 'info', text: 'begun' });
  child.emit('message', { type: 'result', result: { kind: 'check' } });
  expect(await job.result).toEqual({ kind: 'check' });
  expect(events).toEqual([{ type: 'log', level: 'info', text: 'begun' }]);
  expect(killed).toEqual([[77, 'SIGKILL']]);
});

it('a worker that ends has died, with what it said last', async () => {
  const { child, job } = start();
  child.emit('exit', 3);
  child.stderr.emit('data', Buffer.from('RangeError: out of memory\n')); // still on its way at the end
  await expect(job.result).rejects.toThrow('the worker process died (exit code 3): RangeError: out of memory');
  await expect(job.result).rejects.toBeInstanceOf(WorkerDiedError);
});

it('a fatal error of V8 is what it died of', async () => {
  const { child, job } = start();
  child.emit('error', 'FatalError', 'v8::ToLocalChecked', '{}');
  child.emit('exit', 11);
  await expect(job.result).rejects.toThrow('FatalError: v8::ToLocalChecked');
});

it('an abort before the process runs ends it as soon as it does', async () => {
  const { child, job } = start();
  job.abort();
  await expect(job.result).rejects.toBeInstanceOf(JobAbortedError);
  expect(killed).toEqual([]);
  child.pid = 78;
  child.emit('spawn');
  expect(killed).toEqual([[78, 'SIGKILL']]);
});

it('a process that has just ended is not missed', () => {
  const { child, job } = start();
  child.pid = 79;
  child.emit('spawn');
  isGone = true;
  expect(() => {
    job.abort();
  }).not.toThrow();
});
