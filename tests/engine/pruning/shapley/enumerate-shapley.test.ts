import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enumerateShapley } from '../../../../src-main/engine/pruning/shapley/enumerate-shapley.ts';
import { expectClose } from '../../numerics/expect-close.ts';
import { randomValue, shapleyByOrders, tableGame, type Value } from './table-game.ts';

const valuesOf = (players: number, value: Value): Float32Array =>
  enumerateShapley(tableGame({ players, value })).values;
const has = (members: number, unit: number): boolean => ((members >> unit) & 1) === 1;

describe('games whose values are known', () => {
  it.each<{ title: string; players: number; value: Value; expected: number[] }>([
    {
      title: 'gloves: a left one is worth something with either of two right ones',
      players: 3,
      value: (s) => (has(s, 0) && (has(s, 1) || has(s, 2)) ? 1 : 0),
      expected: [2 / 3, 1 / 6, 1 / 6],
    },
    {
      title: 'unanimity: only all together are worth anything',
      players: 4,
      value: (s) => (s === 15 ? 1 : 0),
      expected: [1 / 4, 1 / 4, 1 / 4, 1 / 4],
    },
    {
      title: 'additive: everybody is worth his own',
      players: 3,
      value: (s) => 0.1 + 0.5 * Number(has(s, 0)) + 0.2 * Number(has(s, 1)),
      expected: [0.5, 0.2, 0],
    },
    {
      title: 'the United Nations of 1946 in small: one veto and two of three others (majority with a veto)',
      players: 4,
      value: (s) => (has(s, 0) && [1, 2, 3].filter((u) => has(s, u)).length >= 2 ? 1 : 0),
      expected: [1 / 2, 1 / 6, 1 / 6, 1 / 6],
    },
  ])('$title', ({ players, value, expected }) => {
    expectClose(valuesOf(players, value), expected, 1e-6, 'values');
  });
});

const game = fc.record({
  players: fc.integer({ min: 1, max: 6 }),
  situations: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

describe('in any game', () => {
  it('is the mean over all orders of what a player adds to those before', () => {
    fc.assert(
      fc.property(game, ({ players, situations, seed }) => {
        const value = randomValue(players, situations, seed);
        const { values, halfWidths } = enumerateShapley(tableGame({ players, situations, value, batch: 2 }));
        expectClose(values, shapleyByOrders(players, situations, value), 1e-6, 'values');
        expect(halfWidths).toEqual(new Float32Array(players));
      }),
      { numRuns: 30 },
    );
  });

  it('efficiency: all values add up to what all are worth above none', () => {
    fc.assert(
      fc.property(game, ({ players, situations, seed }) => {
        const value = randomValue(players, situations, seed);
        const { values, total } = enumerateShapley(tableGame({ players, situations, value }));
        const worth = (members: number): number =>
          Array.from({ length: situations }, (_, s) => value(members, s)).reduce((a, b) => a + b) / situations;
        expect(total).toBeCloseTo(worth(2 ** players - 1) - worth(0), 9);
        expect(values.reduce((sum, v) => sum + v, 0)).toBeCloseTo(total, 5);
      }),
      { numRuns: 30 },
    );
  });

  it('symmetry and null player: who is exchangeable gets as much, who changes nothing gets nothing', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const table = randomValue(5, 1, seed);
        // Of players 0 and 1 only the number counts; player 2 does not count at all.
        const value: Value = (s) =>
          table(
            (s & 24) |
              Number(has(s, 0)) |
              ((Number(has(s, 1)) * Number(has(s, 0))) << 1) |
              Number(has(s, 1) && !has(s, 0)),
            0,
          );
        const values = valuesOf(5, value);
        expect(values[0]).toBeCloseTo(values[1]!, 6);
        expect(values[2]).toBeCloseTo(0, 6);
      }),
      { numRuns: 30 },
    );
  });
});
