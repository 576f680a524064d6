// A few jobs at a time, as if they were one: what is held, ended and still done.
import { describe, expect, it } from 'vitest';
import type { JobRequest, JobResult } from '../../../src-main/contract/job.ts';
import { JobAbortedError } from '../../../src-main/services/job-errors.ts';
import type { Job, JobEvent, JobHost } from '../../../src-main/services/job-host.ts';
import { JobCrew } from '../../../src-main/services/search/job-crew.ts';

interface Hand extends Job {
  readonly told: string[];
  readonly say: (event: JobEvent) => void;
  readonly finish: () => void;
}

/** Jobs that do what the test says. */
function byHand(): { jobHost: JobHost; hands: Hand[] } {
  const hands: Hand[] = [];
  const jobHost: JobHost = {
    start: (_: JobRequest, say) => {
      const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
      const told: string[] = [];
      const tell = (what: string) => (): void => void told.push(what);
      const hand: Hand = {
        told,
        say,
        finish: () => {
          resolve({ kind: 'check' });
        },
        pause: tell('pause'),
        continue: tell('continue'),
        watch: tell('watch'),
        stop: tell('stop'),
        abort: () => {
          reject(new JobAbortedError());
        },
        result: promise,
      };
      hands.push(hand);
      return hand;
    },
  };
  return { jobHost, hands };
}

const check = { kind: 'check' } as Extract<JobRequest, { kind: 'check' }>;
/** All that is settled by now has been heard. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function crewOfTwo(): { crew: JobCrew; hands: Hand[]; pauses: boolean[]; stops: { count: number } } {
  const { jobHost, hands } = byHand();
  const pauses: boolean[] = [];
  const stops = { count: 0 };
  const crew = new JobCrew({
    jobHost,
    size: 2,
    onEvent: () => undefined,
    onPause: (paused) => pauses.push(paused),
    onStop: () => stops.count++,
  });
  return { crew, hands, pauses, stops };
}

describe('a crew of jobs', () => {
  it('starts the next when one is finished', async () => {
    const { crew, hands } = crewOfTwo();
    const all = [1, 2, 3].map(() => crew.run<'check'>(check));
    expect(hands).toHaveLength(2);
    hands[1]!.finish();
    await expect(all[1]).resolves.toEqual({ kind: 'check' });
    await settled();
    expect(hands).toHaveLength(3);
  });

  it('is paused when all that runs holds, and starts nothing meanwhile', async () => {
    const { crew, hands, pauses } = crewOfTwo();
    for (let i = 0; i < 3; i++) void crew.run<'check'>(check);
    crew.pause();
    hands[0]!.say({ type: 'paused', paused: true });
    expect(pauses).toEqual([]);
    // One that finishes instead of holding need not be waited for.
    hands[1]!.finish();
    await settled();
    expect(pauses).toEqual([true]);
    expect(hands).toHaveLength(2);
    crew.continue();
    expect(pauses).toEqual([true, false]);
    expect(hands).toHaveLength(3);
    expect(hands[0]!.told).toEqual(['pause', 'continue']);
  });

  it('ends what runs and what waits when it is dismissed, and can go on after that', async () => {
    const { crew, hands } = crewOfTwo();
    const all = [1, 2, 3].map(() => crew.run<'check'>(check));
    crew.dismiss();
    for (const one of all) await expect(one).rejects.toThrow(JobAbortedError);
    const next = crew.run<'check'>(check);
    hands.at(-1)!.finish();
    await expect(next).resolves.toEqual({ kind: 'check' });
    expect(hands).toHaveLength(3);
  });

  it('once stopped does only what finishes, and once aborted nothing', async () => {
    const { crew, hands, stops } = crewOfTwo();
    const running = crew.run<'check'>(check);
    crew.stop();
    await expect(running).rejects.toThrow(JobAbortedError);
    await expect(crew.run<'check'>(check)).rejects.toThrow(JobAbortedError);
    expect(stops.count).toBe(1);
    const last = crew.finish<'check'>(check);
    expect(hands.at(-1)!.told).not.toContain('stop');
    hands.at(-1)!.finish();
    await expect(last).resolves.toEqual({ kind: 'check' });
    crew.abort();
    await expect(crew.finish<'check'>(check)).rejects.toThrow(JobAbortedError);
  });

  it('shows the newest of what plays, or the first that will', async () => {
    const { crew, hands } = crewOfTwo();
    crew.watch();
    const first = crew.run<'check'>(check);
    expect(hands[0]!.told).toEqual(['watch']);
    void crew.run<'check'>(check);
    crew.watch();
    expect(hands[1]!.told).toEqual(['watch']);
    hands[0]!.finish();
    await first;
  });
});
