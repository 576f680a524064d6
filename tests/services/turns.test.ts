// Places among the runs that compute: as many as there are, first come, first served.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Turns, type Turn } from '../../src-main/services/turns.ts';

/** Which of the turns have been granted by now. */
async function granted(turns: readonly Turn[]): Promise<number[]> {
  const seen: number[] = [];
  turns.forEach((turn, index) => {
    void turn.granted.then(
      () => seen.push(index),
      () => undefined,
    );
  });
  await new Promise(setImmediate);
  return seen;
}

it('grants as many as there are places, and the next when one is given back', async () => {
  const turns = new Turns(2);
  const taken = [turns.take(), turns.take(), turns.take(), turns.take()];
  expect(await granted(taken)).toEqual([0, 1]);
  taken[1]!.release();
  taken[1]!.release(); // twice is once
  expect(await granted(taken)).toEqual([0, 1, 2]);
});

it('whoever gives up leaves the line, and only the line', async () => {
  const turns = new Turns(1);
  const [first, second, third] = [turns.take(), turns.take(), turns.take()];
  expect(second.giveUp(new Error('enough'))).toBe(true);
  await expect(second.granted).rejects.toThrow('enough');
  expect(first.giveUp(new Error('too late'))).toBe(false);
  first.release();
  second.release();
  expect(await granted([third])).toEqual([0]);
});

it('more places serve those who wait; fewer take effect as places come back', async () => {
  const turns = new Turns(1);
  const taken = [turns.take(), turns.take(), turns.take(), turns.take()];
  turns.limit = 3;
  expect(await granted(taken)).toEqual([0, 1, 2]);
  turns.limit = 1;
  taken[0]!.release();
  taken[1]!.release();
  expect(await granted(taken)).toEqual([0, 1, 2]);
  taken[2]!.release();
  expect(await granted(taken)).toEqual([0, 1, 2, 3]);
});

it('never computes more at once than allowed, and forgets nobody', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.boolean(), { maxLength: 30 }),
      async (limit, steps) => {
        const turns = new Turns(limit);
        const taken: Turn[] = [];
        let released = 0;
        for (const take of steps) {
          if (take) taken.push(turns.take());
          else if (released < taken.length) taken[released++]!.release();
          const now = await granted(taken);
          const holding = now.length - Math.min(released, now.length);
          expect(holding).toBeLessThanOrEqual(limit);
          expect(now.length).toBe(Math.min(taken.length, released + limit));
        }
      },
    ),
    { numRuns: 30 },
  );
});
