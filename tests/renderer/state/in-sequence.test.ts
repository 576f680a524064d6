// Whatever is lost, doubled or late on the way: what a page shows is what happened, once and in order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InSequence } from '../../../src-renderer/state/in-sequence.ts';

interface Item {
  readonly sequence: number;
}

const all = (count: number): Item[] => Array.from({ length: count }, (_, sequence) => ({ sequence }));

/** A store that answers a part at a time, as the host does. */
function listener(stored: () => readonly Item[], most = 3) {
  const taken: Item[] = [];
  let asked = 0;
  const sequence = new InSequence<Item>({
    after: (seen) => {
      asked++;
      return Promise.resolve(
        stored()
          .filter((item) => item.sequence > seen)
          .slice(0, most),
      );
    },
    take: (items) => taken.push(...items),
  });
  return { sequence, taken, asked: () => asked };
}

it('what is told in order is taken as it comes, and nobody is asked', () => {
  const { sequence, taken, asked } = listener(() => []);
  sequence.begin(-1);
  for (const item of all(5)) sequence.hear([item]);
  expect(taken).toEqual(all(5));
  expect(asked()).toBe(0);
});

it('what is told before the beginning is known waits for it', () => {
  const { sequence, taken } = listener(() => []);
  sequence.hear([{ sequence: 3 }, { sequence: 4 }]);
  expect(taken).toEqual([]);
  sequence.begin(3);
  expect(taken).toEqual([{ sequence: 4 }]);
  expect(sequence.seen).toBe(4);
});

it('after a beginning anew the same numbers are taken again', () => {
  const { sequence, taken } = listener(() => []);
  sequence.begin(-1);
  sequence.hear(all(4));
  sequence.forget();
  sequence.begin(1);
  sequence.hear([{ sequence: 2 }]);
  expect(taken.map((item) => item.sequence)).toEqual([0, 1, 2, 3, 2]);
});

it('a refill that fails is tried again at the next thing that is heard', async () => {
  const taken: Item[] = [];
  let reachable = false;
  const sequence = new InSequence<Item>({
    after: (seen) => (reachable ? Promise.resolve(all(6).slice(seen + 1)) : Promise.reject(new Error('host gone'))),
    take: (items) => taken.push(...items),
  });
  sequence.begin(-1);
  sequence.hear([{ sequence: 3 }]);
  await Promise.resolve();
  expect(taken).toEqual([]);
  reachable = true;
  sequence.hear([{ sequence: 5 }]);
  await expect.poll(() => taken).toEqual(all(6));
});

describe('whatever is lost, doubled or out of order on the way', () => {
  it('every item is taken once and in order', async () => {
    const told = fc.array(fc.array(fc.nat(19), { maxLength: 6 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(told, fc.integer({ min: -1, max: 10 }), async (batches, begin) => {
        const { sequence, taken } = listener(() => all(20));
        sequence.begin(begin);
        for (const batch of batches) {
          sequence.hear(batch.toSorted((a, b) => a - b).map((number) => ({ sequence: number })));
          await Promise.resolve();
        }
        await sequence.catchUp();
        // A refill that was going on already ends by itself.
        await expect.poll(() => taken.length).toBe(19 - begin);
        expect(taken).toEqual(all(20).slice(begin + 1));
      }),
    );
  });
});
