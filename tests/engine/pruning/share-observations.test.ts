import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareObservations, TooFewObservationsError } from '../../../src-main/engine/pruning/share-observations.ts';

/** Every value says which row and column it is of. */
const numbered = (rows: number, width: number): { rows: number; values: Float32Array } => ({
  rows,
  values: Float32Array.from({ length: rows * width }, (_, i) => i),
});

it('no row is in two shares, all are whole rows of the file, and their sizes are 60, 20 and 20 %', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 500, max: 30_000 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(),
      (rows, width, seed) => {
        const { block, ...shares } = shareObservations(numbered(rows, width), seed);
        const all = Object.values(shares).map((share) =>
          Array.from({ length: share.length / width }, (_, row) => {
            const first = share[row * width]!;
            // Rows are as they were, in one piece.
            for (let i = 0; i < width; i++) if (share[row * width + i] !== first + i) throw new Error('a row was torn');
            if (first % width !== 0) throw new Error('a row begins elsewhere');
            return first / width;
          }),
        );
        const used = all.flat();
        expect(new Set(used).size).toBe(used.length);
        expect(rows - used.length).toBeLessThan(block);
        const [train, validation, test] = all.map((share) => share.length);
        expect(Math.abs(train! / rows - 0.6)).toBeLessThan(0.02);
        expect(Math.abs(validation! / rows - 0.2)).toBeLessThan(0.02);
        expect(Math.abs(test! / rows - 0.2)).toBeLessThan(0.04);
        // Neighbours stay together.
        for (const share of all)
          for (let i = 0; i < share.length; i++) expect(share[i]! - share[i - (i % block)]!).toBe(i % block);
      },
    ),
    { numRuns: 30 },
  );
});

it('the seed decides, and nothing else', () => {
  const observations = numbered(2000, 2);
  expect(shareObservations(observations, 7)).toEqual(shareObservations(observations, 7));
  expect(shareObservations(observations, 7).test).not.toEqual(shareObservations(observations, 8).test);
});

it('of a great many rows a fair part is used', () => {
  const { train, validation, test } = shareObservations(numbered(200_000, 1), 1);
  expect([train, validation, test].map((share) => share.length)).toEqual([60_000, 10_000, 10_000]);
  // From everywhere in the file: the mean of a part is near that of the whole.
  for (const share of [train, validation, test]) {
    const mean = share.reduce((sum, value) => sum + value / share.length, 0);
    expect(Math.abs(mean / 100_000 - 1)).toBeLessThan(0.2);
  }
});

it('too few are refused, with how many there are', () => {
  expect(() => shareObservations(numbered(499, 1), 1)).toThrow(TooFewObservationsError);
  expect(() => shareObservations(numbered(499, 1), 1)).toThrow('499 observations');
  expect(() => shareObservations({ rows: 0, values: new Float32Array() }, 1)).toThrow(TooFewObservationsError);
});
