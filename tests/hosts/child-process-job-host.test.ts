// A worker can die in any way: the job ends with a typed error and no process is left over.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { JobResult } from '../../src-main/contract/job.ts';
import { RelayedError } from '../../src-main/contract/secateur-error.ts';
import { childProcessJobHost } from '../../src-main/hosts/child-process-job-host.ts';
import { JobAbortedError, WorkerDiedError, WorkerProtocolError } from '../../src-main/services/job-errors.ts';
import type { Job, JobEvent } from '../../src-main/services/job-host.ts';
import { trainRecipe } from '../contract/recipes.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const request = { kind: 'check', recipe: trainRecipe() } as const;

/** Starts a worker that runs this code once it has its request; it says its process id first. */
function start(code: string): { job: Job; events: JobEvent[]; pid: Promise<number> } {
  const entry = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(
    entry,
    `const say = (message) => process.send(message);
     process.on('disconnect', () => process.exit(1));
     process.on('message', async (message) => {
       if (message.type === 'stop') say({ type: 'result', result: { kind: 'check' } });
       if (message.type !== 'start') return;
       say({ type: 'log', level: 'info', text: String(process.pid) });
       ${code}
     });`,
  );
  const events: JobEvent[] = [];
  const { promise: pid, resolve } = Promise.withResolvers<number>();
  const job = childProcessJobHost(entry).start(request, (event) => {
    events.push(event);
    if (event.type === 'log') resolve(Number(event.text));
  });
  return { job, events, pid };
}

async function problemOf(result: Promise<JobResult>): Promise<unknown> {
  return result.then(
    () => {
      throw new Error('the job did not fail');
    },
    (error: unknown) => error,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const endOf = (pid: number): Promise<void> =>
  vi.waitFor(
    () => {
      expect(isAlive(pid)).toBe(false);
    },
    { timeout: 10_000, interval: 10 },
  );

describe('a worker that', () => {
  it('answers gives its result, and is gone', async () => {
    const { job, pid } = start(`say({ type: 'result', result: { kind: 'check' } });`);
    expect(await job.result).toEqual({ kind: 'check' });
    await endOf(await pid);
  });

  it('reports a problem has it relayed', async () => {
    const problem = { kind: 'bad-input', code: 'OddError', message: 'odd', hint: 'Make it even.' } as const;
    const { job } = start(`say({ type: 'failed', problem: ${JSON.stringify(problem)} });`);
    const error = await problemOf(job.result);
    expect(error).toBeInstanceOf(RelayedError);
    expect((error as RelayedError).problem).toEqual(problem);
  });

  it('exits before answering has died, with what it said last', async () => {
    const { job } = start(`console.error('    at somewhere\\nRangeError: out of memory\\n    at f'); process.exit(3);`);
    const error = await problemOf(job.result);
    expect(error).toBeInstanceOf(WorkerDiedError);
    expect((error as Error).message).toBe('the worker process died (exit code 3): RangeError: out of memory');
  });

  it('exits without a word has died all the same', async () => {
    const { job } = start('process.exit(0);');
    expect(((await problemOf(job.result)) as Error).message).toBe('the worker process died (exit code 0)');
  });

  it.skipIf(process.platform === 'win32')('is killed has died of that, after all that it said', async () => {
    const { job, events } = start(`
      for (let step = 0; step < 100; step++) say({ type: 'metrics', metrics: [{ name: 'm', step, value: step }] });
      process.send({ type: 'log', level: 'info', text: 'sent' }, () => process.kill(process.pid, 'SIGKILL'));`);
    const error = await problemOf(job.result);
    expect(error).toBeInstanceOf(WorkerDiedError);
    expect((error as Error).message).toMatch(/SIGKILL/);
    expect(events.filter(({ type }) => type === 'metrics')).toHaveLength(100);
    expect(events.at(-1)).toEqual({ type: 'log', level: 'info', text: 'sent' });
  });

  it.each([
    ['nonsense', `say({ type: 'sing' });`],
    ['a result of another shape', `say({ type: 'result', result: { kind: 'check', extra: 1 } });`],
  ])('says %s is ended', async (_, code) => {
    const { job, pid } = start(code);
    expect(await problemOf(job.result)).toBeInstanceOf(WorkerProtocolError);
    await endOf(await pid);
  });

  it('says nonsense after its answer is not heard any more', async () => {
    const { job, pid } = start(`say({ type: 'result', result: { kind: 'check' } }); say({ type: 'sing' });`);
    expect(await job.result).toEqual({ kind: 'check' });
    await endOf(await pid);
  });
});

it('a worker that does not start has died', async () => {
  const job = childProcessJobHost(join(temporaryFolder(), 'missing.mjs')).start(request, () => undefined);
  const error = await problemOf(job.result);
  expect(error).toBeInstanceOf(WorkerDiedError);
  expect((error as Error).message).toMatch(/Cannot find module/);
});

it('stop is asked of the worker, whose result still comes', async () => {
  const { job, pid } = start('');
  await pid;
  job.stop();
  expect(await job.result).toEqual({ kind: 'check' });
});

it('abort ends a worker that hears nothing any more', async () => {
  const { job, pid } = start('setImmediate(() => { for (;;); });');
  const id = await pid;
  job.abort();
  expect(await problemOf(job.result)).toBeInstanceOf(JobAbortedError);
  await endOf(id);
  job.stop();
  job.abort();
});

it.skipIf(!existsSync('/proc/self/stat'))('Ctrl-C in the terminal of the host does not reach a worker', async () => {
  const { job, events, pid } = start(`
    say({ type: 'log', level: 'info', text: (await import('node:fs')).readFileSync('/proc/self/stat', 'utf8') });
    say({ type: 'result', result: { kind: 'check' } });`);
  const id = await pid;
  await job.result;
  const stat = events.flatMap((event) => (event.type === 'log' ? [event.text] : []))[1]!;
  // Fields after the name in brackets: state, parent, process group.
  const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
  expect(group).toBe(id);
});

it('a host that keeps a spare has the second job done by a process that was there before it was asked', async () => {
  const entry = join(temporaryFolder(), 'worker.mjs');
  const began = join(temporaryFolder(), 'began');
  writeFileSync(
    entry,
    `import { appendFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(began)}, process.pid + ' ');
     process.on('disconnect', () => process.exit(1));
     process.on('message', () => {
       process.send({ type: 'log', level: 'info', text: String(process.pid) });
       process.send({ type: 'result', result: { kind: 'check' } });
     });`,
  );
  const host = childProcessJobHost(entry, { spare: true });
  const workers: string[] = [];
  const run = (): Promise<JobResult> =>
    host.start(request, (event) => {
      if (event.type === 'log') workers.push(event.text);
    }).result;
  await run();
  await vi.waitFor(() => {
    expect(readFileSync(began, 'utf8').trim().split(' ')).toHaveLength(2);
  });
  const spare = readFileSync(began, 'utf8')
    .trim()
    .split(' ')
    .find((pid) => pid !== workers[0]);
  await run();
  expect(workers[1]).toBe(spare);
});
