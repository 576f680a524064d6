import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AutomaticTarget } from '../../../src-main/contract/recipe.ts';
import { frontOf, type MeasuredTrial } from '../../../src-main/contract/search.ts';
import { choose, promote } from '../../../src-main/services/search/halving.ts';
import { measuredTrial } from './sample-trials.ts';

/** Few values, so that there are many ties. */
const trials = fc
  .array(fc.record({ weights: fc.integer({ min: 1, max: 12 }), meanReturn: fc.integer({ min: 0, max: 100 }) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((outlines) => outlines.map((outline, number) => measuredTrial({ ...outline, number })));
const targets = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((percent): AutomaticTarget => ({ kind: 'return', keep: percent / 100 })),
  fc.integer({ min: 1, max: 12 }).map((bytes): AutomaticTarget => ({ kind: 'bytes', bytes })),
);

const cost = ({ outcome: { measured } }: MeasuredTrial): number => measured.weights;
const gain = ({ outcome: { measured } }: MeasuredTrial): number => measured.meanReturn;
const beats = (a: MeasuredTrial, b: MeasuredTrial): boolean =>
  cost(a) <= cost(b) && gain(a) >= gain(b) && (cost(a) < cost(b) || gain(a) > gain(b));

describe('a Pareto front', () => {
  it('has none that another beats, and for every other one that beats it', () => {
    fc.assert(
      fc.property(trials, (given) => {
        const front = frontOf(given, 'return');
        expect(front.length).toBeGreaterThan(0);
        for (const member of front) expect(given.some((other) => beats(other, member))).toBe(false);
        for (const other of given) {
          expect(front.includes(other) || front.some((member) => beats(member, other))).toBe(true);
        }
      }),
    );
  });

  it('is not changed by what is behind it', () => {
    fc.assert(
      fc.property(trials, (given) => {
        const front = frontOf(given, 'return');
        expect(frontOf(front, 'return')).toEqual(front);
      }),
    );
  });
});

describe('the answer', () => {
  it('is by no other way of looking better: the smallest that keeps enough, the best that fits, or the closest', () => {
    fc.assert(
      fc.property(trials, targets, (given, target) => {
        const answer = choose(given, target)!;
        const enough = given.filter((trial) =>
          target.kind === 'return'
            ? gain(trial) / 100 >= target.keep
            : cost(trial) <= (target as { bytes: number }).bytes,
        );
        const best = (values: readonly number[]): number => Math.max(...values);
        if (target.kind === 'return') {
          if (enough.length > 0) expect(cost(answer)).toBe(-best(enough.map((trial) => -cost(trial))));
          else expect(gain(answer)).toBe(best(given.map(gain)));
        } else if (enough.length > 0) expect(gain(answer)).toBe(best(enough.map(gain)));
        else expect(cost(answer)).toBe(-best(given.map((trial) => -cost(trial))));
      }),
    );
  });

  it('is null where nothing was measured', () => {
    expect(choose([], { kind: 'bytes', bytes: 1 })).toBeNull();
  });
});

describe('going on', () => {
  it('the answer goes on before all others, none twice, and whatever order they came in', () => {
    fc.assert(
      fc.property(trials, targets, fc.integer({ min: 1, max: 30 }), (given, target, count) => {
        const going = promote(given, target, count);
        expect(going).toHaveLength(Math.min(count, given.length));
        expect(new Set(going).size).toBe(going.length);
        expect(promote(given.toReversed(), target, count)).toEqual(going);
        const answer = choose(given, target)!;
        const reaches =
          target.kind === 'return'
            ? gain(answer) / 100 >= target.keep
            : cost(answer) <= (target as { bytes: number }).bytes;
        if (reaches) expect(going).toContainEqual(answer);
      }),
    );
  });

  it('what collapsed gives way to what nearly holds, however small it is', () => {
    const given = [
      measuredTrial({ weights: 1, meanReturn: 2, number: 0 }),
      measuredTrial({ weights: 50, meanReturn: 80, number: 1 }),
      measuredTrial({ weights: 60, meanReturn: 70, number: 2 }),
    ];
    const going = promote(given, { kind: 'return', keep: 0.9 }, 2);
    expect(going.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('what does not fit a budget gives way to what does, however well it plays', () => {
    const given = [
      measuredTrial({ weights: 10, meanReturn: 100, number: 0 }),
      measuredTrial({ weights: 3, meanReturn: 20, number: 1 }),
      measuredTrial({ weights: 2, meanReturn: 5, number: 2 }),
    ];
    const going = promote(given, { kind: 'bytes', bytes: 4 }, 2);
    expect(going.map(({ number }) => number)).toEqual([1, 2]);
  });
});
