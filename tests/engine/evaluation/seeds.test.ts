import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SEED_RANGES, seedRangesSchema, type SeedRange } from '../../../src-main/contract/evaluation.ts';
import {
  checkDisjoint,
  seedOfEpisode,
  SeedOverlapError,
  SeedsExhaustedError,
  takeSeeds,
} from '../../../src-main/engine/evaluation/seeds.ts';

const range = fc.record({ first: fc.integer({ min: 0, max: 30 }), count: fc.integer({ min: 1, max: 12 }) });

/** All seeds of a range, one by one. */
const members = ({ first, count }: SeedRange): number[] => Array.from({ length: count }, (_, i) => first + i);

describe('seed ranges', () => {
  it('are refused exactly when a seed is in two of them', () => {
    fc.assert(
      fc.property(range, range, range, (train, validation, test) => {
        const all = [train, validation, test].flatMap(members);
        const check = (): void => {
          checkDisjoint({ train, validation, test });
        };
        if (new Set(all).size === all.length) expect(check).not.toThrow();
        else expect(check).toThrow(SeedOverlapError);
      }),
    );
  });

  it('name who overlaps, and where', () => {
    expect(() => {
      checkDisjoint({
        train: { first: 0, count: 10 },
        validation: { first: 20, count: 5 },
        test: { first: 24, count: 5 },
      });
    }).toThrow('the validation seeds (20 to 24) and the test seeds (24 to 28) overlap');
  });

  it('are disjoint by default', () => {
    checkDisjoint(seedRangesSchema.parse(DEFAULT_SEED_RANGES));
    expect([DEFAULT_SEED_RANGES.validation.first, DEFAULT_SEED_RANGES.test.first]).toEqual([1_000_000, 2_000_000]);
  });

  it('give their first seeds, and no more than they have', () => {
    expect(takeSeeds({ first: 7, count: 3 }, 2)).toEqual([7, 8]);
    expect(() => takeSeeds({ first: 7, count: 3 }, 4)).toThrow(SeedsExhaustedError);
  });

  it('never send training out of its own range', () => {
    const train = { first: 5, count: 3 };
    const seeds = Array.from({ length: 8 }, (_, episode) => seedOfEpisode(train, episode));
    expect(seeds).toEqual([5, 6, 7, 5, 6, 7, 5, 6]);
  });
});
