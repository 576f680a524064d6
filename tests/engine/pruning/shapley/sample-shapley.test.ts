import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enumerateShapley } from '../../../../src-main/engine/pruning/shapley/enumerate-shapley.ts';
import { sampleShapley, type SamplingOptions } from '../../../../src-main/engine/pruning/shapley/sample-shapley.ts';
import type { ShapleyValues } from '../../../../src-main/engine/pruning/shapley/shapley-values.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { randomValue, tableGame, type TableGame, type Value } from './table-game.ts';

const sample = (game: TableGame, options: Partial<SamplingOptions> = {}): Promise<ShapleyValues> =>
  sampleShapley(game, {
    keep: null,
    budget: 20_000,
    random: new Random(7),
    breathe: () => Promise.resolve(false),
    ...options,
  });
const bits = (members: number): number => members.toString(2).replaceAll('0', '').length;
const has = (members: number, unit: number): number => (members >> unit) & 1;

describe('in any game', () => {
  const drawn = fc.record({
    players: fc.integer({ min: 2, max: 7 }),
    situations: fc.integer({ min: 1, max: 20 }),
    keep: fc.option(fc.integer({ min: 1, max: 6 })),
    seed: fc.nat(),
  });

  it('the intervals contain the exact values, and the cut is the exact one where it is decided', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ players, situations, keep, seed }) => {
        const game = { players, situations, value: randomValue(players, situations, seed) };
        const exact = enumerateShapley(tableGame(game));
        const estimated = await sample(tableGame(game), { keep, random: new Random(seed) });
        exact.values.forEach((value, unit) => {
          expect(Math.abs(estimated.values[unit]! - value)).toBeLessThanOrEqual(estimated.halfWidths[unit]!);
        });
        expect(estimated.total).toBeCloseTo(exact.total, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('as long as whole orders are drawn the values add up to the total of the situations drawn', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ players, seed }) => {
        const estimated = await sample(tableGame({ players, value: randomValue(players, 1, seed) }));
        expect(estimated.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(estimated.total, 5);
      }),
      { numRuns: 20 },
    );
  });

  it('with the same seed the same, and narrower with a larger budget', async () => {
    const game = (): TableGame => tableGame({ players: 6, situations: 9, value: randomValue(6, 9, 3) });
    const [once, again, longer] = await Promise.all([
      sample(game()),
      sample(game()),
      sample(game(), { budget: 80_000 }),
    ]);
    expect(again).toEqual(once);
    // Half the width for four times the draws, but for the term of the range.
    const ratio = longer.halfWidths[0]! / once.halfWidths[0]!;
    expect(ratio).toBeGreaterThan(0.24);
    expect(ratio).toBeLessThan(0.52);
  });
});

describe('null players', () => {
  it('get exactly nothing', async () => {
    const table = randomValue(6, 5, 1);
    const value: Value = (members, situation) => table(members & 0b110111, situation);
    const { values } = await sample(tableGame({ players: 6, situations: 5, value }), { keep: 3 });
    expect(values[3]).toBe(0);
  });
});

describe('truncation', () => {
  /** Worth nothing below 6 of 8; player 0 counts double above. */
  const value: Value = (members) => (bits(members) < 6 ? 0 : (bits(members) - 5 + has(members, 0)) / 4);

  it('coalitions at the floor are played once to find the floor, and never again', async () => {
    const game = tableGame({ players: 8, value, batch: 32 });
    const estimated = await sample(game);
    const exact = enumerateShapley(tableGame({ players: 8, value }));
    const smallest = game.sizes.slice(2).map((sizes) => Math.min(...sizes));
    const first = smallest.indexOf(1);
    expect(first).toBe(6);
    expect(Math.min(...smallest.slice(first + 1))).toBe(5);
    estimated.values.forEach((estimate, unit) => {
      expect(Math.abs(estimate - exact.values[unit]!)).toBeLessThanOrEqual(estimated.halfWidths[unit]!);
    });
  });

  it('a dip to the floor on the way is not the floor', async () => {
    const dip: Value = (members) => [0, 0.5, 0, 0.5, 1][bits(members)]!; // by size
    const game = tableGame({ players: 4, value: dip, batch: 32 });
    await sample(game, { budget: 4000 });
    expect(game.sizes.slice(-3).flat()).toContain(1);
  });
});

describe('adaptive sampling', () => {
  /** 12 players: four are worth much, six nothing, and of two it is hard to say which is worth more. */
  const worth = [0.2, 0.2, 0.2, 0.2, 0.02, 0.014, 0, 0, 0, 0, 0, 0];
  const value: Value = (members, situation) => {
    const sum = worth.reduce((total, w, unit) => total + w * has(members, unit), 0);
    return sum > (situation + 0.5) / 200 ? 1 : 0;
  };
  const game = (): TableGame => tableGame({ players: 12, situations: 200, value });

  it('ends when no interval contains the cut', async () => {
    const played = game();
    const { values, halfWidths } = await sample(played, { keep: 4, budget: 1e6 });
    const lowest = Math.min(...worth.map((_, u) => (u < 4 ? values[u]! - halfWidths[u]! : Infinity)));
    const highest = Math.max(...worth.map((_, u) => (u < 4 ? -Infinity : values[u]! + halfWidths[u]!)));
    expect(lowest).toBeGreaterThan(highest);
    expect(played.sizes.flat().length).toBeLessThan(50_000);
  });

  it('goes on for those that it is not clear of, and only for them', async () => {
    const { halfWidths } = await sample(game(), { keep: 5, budget: 100_000 });
    const [clear, unclear] = [halfWidths.subarray(0, 4), halfWidths.subarray(4, 6)];
    expect(Math.max(...unclear)).toBeLessThan(0.5 * Math.min(...clear));
  });

  it.each([0, 12])('nothing is to be decided when %i of 12 stay', async (keep) => {
    const played = game();
    await sample(played, { keep });
    expect(played.sizes.flat().length).toBeLessThan(400 + 12 * 64 + 1);
  });
});

it('ends with its budget, or when the person says so', async () => {
  const game = (): TableGame => tableGame({ players: 5, value: randomValue(5, 1, 2) });
  const short = game();
  await sample(short, { budget: 1000 });
  expect(short.sizes.flat().length).toBeLessThan(1000 + 5 * 64);
  const stopped = game();
  const { halfWidths } = await sample(stopped, { breathe: () => Promise.resolve(true) });
  expect(stopped.sizes).toHaveLength(3);
  expect(halfWidths).toEqual(new Float32Array(5).fill(Infinity));
});
