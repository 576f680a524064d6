// Games given as a function, for tests of what is computed of them.
import type { Game } from '../../../../src-main/engine/pruning/shapley/game.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';

/** Members of a coalition as the bits of a number: unit u is bit u. */
export type Value = (members: number, situation: number) => number;

export interface TableGame extends Game {
  /** Sizes of the coalitions of every call. */
  readonly sizes: number[][];
}

export function tableGame(input: {
  readonly players: number;
  readonly value: Value;
  readonly situations?: number;
  readonly batch?: number;
}): TableGame {
  const { players, value, situations = 1, batch = 64 } = input;
  const sizes: number[][] = [];
  return {
    players,
    situations,
    batch,
    cost: 1,
    sizes,
    values: (coalitions, drawn) => {
      const members = Array.from(drawn, (_, row) =>
        coalitions.subarray(row * players, (row + 1) * players).reduce((bits, there, u) => bits | (there << u), 0),
      );
      sizes.push(members.map((bits) => bits.toString(2).replaceAll('0', '').length));
      return Float64Array.from(drawn, (situation, row) => value(members[row]!, situation));
    },
  };
}

/** Every coalition has a value of its own in every situation, in [0, 1]. */
export function randomValue(players: number, situations: number, seed: number): Value {
  const random = new Random(seed);
  const table = Float64Array.from({ length: situations * 2 ** players }, () => random.uniform());
  return (members, situation) => table[situation * 2 ** players + members]!;
}

/** All orders of 0 … n − 1. */
function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, place) => [...order.slice(0, place), n - 1, ...order.slice(place)]),
  );
}

/** The definition in words: the mean over all orders of what each adds to those before it. */
export function shapleyByOrders(players: number, situations: number, value: Value): number[] {
  const sums = new Array<number>(players).fill(0);
  const all = orders(players);
  for (let situation = 0; situation < situations; situation++) {
    for (const order of all) {
      order.reduce((members, unit) => {
        const joined = members | (1 << unit);
        sums[unit]! += value(joined, situation) - value(members, situation);
        return joined;
      }, 0);
    }
  }
  return sums.map((sum) => sum / (all.length * situations));
}
