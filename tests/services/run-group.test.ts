// So many at a time, and all of them stopped as one.
import { describe, expect, it } from 'vitest';
import { JobAbortedError } from '../../src-main/services/job-errors.ts';
import type { Job } from '../../src-main/services/job-host.ts';
import { RunGroup } from '../../src-main/services/run-group.ts';

/** Work that waits for its turn, takes a job and ends when it is told to. */
function member(group: RunGroup, begun: number[], number: number) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const heard: string[] = [];
  const job: Job = {
    stop: () => heard.push('stop'),
    pause: () => undefined,
    continue: () => undefined,
    watch: () => undefined,
    abort: () => heard.push('abort'),
    result: Promise.withResolvers<never>().promise,
  };
  const end = group.join(async (control) => {
    await control.turn;
    begun.push(number);
    control.take(job);
    return promise;
  });
  return { end, heard, finish: resolve };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('RunGroup', () => {
  it('has no more at work than there are places, in the order in which they came', async () => {
    const group = new RunGroup(2);
    const begun: number[] = [];
    const members = [0, 1, 2, 3].map((number) => member(group, begun, number));
    await settled();
    expect(begun).toEqual([0, 1]);
    members[1]!.finish('one');
    await expect(members[1]!.end).resolves.toBe('one');
    await settled();
    expect(begun).toEqual([0, 1, 2]);
  });

  it('gives the place of a member that fails to the next', async () => {
    const group = new RunGroup(1);
    const failed = group.join(() => Promise.reject(new Error('diverged')));
    await expect(failed).rejects.toThrow('diverged');
    await expect(group.join(() => Promise.resolve('next'))).resolves.toBe('next');
  });

  it.each(['stop', 'abort'] as const)('%s reaches those at work, and keeps the others from beginning', async (how) => {
    const group = new RunGroup(1);
    const begun: number[] = [];
    const [working, waiting] = [member(group, begun, 0), member(group, begun, 1)];
    await settled();
    expect(group.stopped).toBe(false);
    group[how]();
    expect(group.stopped).toBe(true);
    expect(working.heard).toEqual([how]);
    await expect(waiting.end).rejects.toThrow(JobAbortedError);
    expect(begun).toEqual([0]);
  });
});
