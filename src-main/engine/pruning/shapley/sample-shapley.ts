// The Shapley value by sampling: units leave in random orders, and what the value loses is theirs.
import type { Random } from '../../random/random.ts';
import { bernsteinHalfWidth } from './bernstein.ts';
import { meanOf, valuesEverywhere, type Game } from './game.ts';
import type { ShapleyValues } from './shapley-values.ts';

export interface SamplingOptions {
  /** How many of the units are to be kept: sampling goes on until it is clear which. Null when nobody has a cut in mind. */
  readonly keep: number | null;
  /** Multiply-accumulates in all: what ends the sampling at the latest. */
  readonly budget: number;
  readonly random: Random;
  /** Told between batches how much of the budget is spent; sampling ends early when it says so. */
  readonly breathe: (spent: number) => Promise<boolean>;
}

const CONFIDENCE = 0.95;
/** A marginal change of a value in [0, 1] lies in [−1, 1]. */
const RANGE = 2;
/** Coalitions of a size are at the floor when they, and all smaller ones, differ from none by no more than this on average. */
const FLOOR_TOLERANCE = 0.01;

/** Fisher & Yates: a random order of 0 … n − 1, written to `order`. */
function shuffle(order: Int32Array, random: Random): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
}

class ShapleySampler {
  readonly #game: Game;
  readonly #options: SamplingOptions;
  /** In every situation: the value of all units, and of none. */
  readonly #full: Float64Array;
  readonly #empty: Float64Array;
  readonly #count: Float64Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  /** By size of a coalition: Σ |v(S) − v(none)| over all rows that have played that size. */
  readonly #difference: Float64Array;
  readonly #played: Float64Array;
  /** Coalitions of this size are at the floor, and smaller ones are not played. */
  #floor = 0;
  #rows: number;

  constructor(game: Game, options: SamplingOptions) {
    this.#game = game;
    this.#options = options;
    this.#full = valuesEverywhere(game, new Uint8Array(game.players).fill(1));
    this.#empty = valuesEverywhere(game, new Uint8Array(game.players));
    this.#count = new Float64Array(game.players);
    this.#sum = new Float64Array(game.players);
    this.#squares = new Float64Array(game.players);
    this.#difference = new Float64Array(game.players);
    this.#played = new Float64Array(game.players);
    this.#rows = 2 * game.situations;
  }

  async sample(): Promise<ShapleyValues> {
    const { players } = this.#game;
    let undecided = Array.from({ length: players }, (_, unit) => unit);
    for (let stopped = false; !stopped && undecided.length > 0 && this.#spent() < this.#options.budget;) {
      // One order costs a row per unit and tells of all; a pair costs two rows and tells of one.
      if (2 * undecided.length < players) this.#samplePairs(undecided);
      else stopped = await this.#sampleOrders();
      stopped ||= await this.#breathe();
      undecided = this.#undecided();
    }
    return {
      values: Float32Array.from(this.#sum, (sum, unit) => sum / Math.max(1, this.#count[unit]!)),
      halfWidths: Float32Array.from({ length: players }, (_, unit) => this.#halfWidth(unit)),
      total: meanOf(this.#full) - meanOf(this.#empty),
    };
  }

  #spent(): number {
    return this.#rows * this.#game.cost;
  }

  #breathe(): Promise<boolean> {
    return this.#options.breathe(this.#spent());
  }

  #add(unit: number, change: number): void {
    this.#count[unit]!++;
    this.#sum[unit]! += change;
    this.#squares[unit]! += change * change;
  }

  #halfWidth(unit: number): number {
    const moments = { count: this.#count[unit]!, sum: this.#sum[unit]!, squares: this.#squares[unit]! };
    return bernsteinHalfWidth(moments, { range: RANGE, confidence: CONFIDENCE });
  }

  #randomSituations(): Int32Array {
    const { batch, situations } = this.#game;
    return Int32Array.from({ length: batch }, () => this.#options.random.integer(situations));
  }

  /**
   * Every row is an order of its own in a situation of its own, so that the rows are independent draws. Truncated
   * (Ghorbani & Zou 2019) at the size from which on coalitions have proven to be worth as little as none: the units
   * that are left then change nothing.
   * @returns true when stopped
   */
  async #sampleOrders(): Promise<boolean> {
    const { players, batch } = this.#game;
    const { random } = this.#options;
    const situations = this.#randomSituations();
    const orders = new Int32Array(batch * players);
    for (let row = 0; row < batch; row++) shuffle(orders.subarray(row * players, (row + 1) * players), random);
    const coalitions = new Uint8Array(batch * players).fill(1);
    const changes = new Float64Array(batch * players);
    let before: Float64Array = Float64Array.from(situations, (situation) => this.#full[situation]!);
    for (let size = players - 1; size >= Math.max(1, this.#floor); size--) {
      const leaving = (row: number): number => orders[row * players + players - 1 - size]!;
      for (let row = 0; row < batch; row++) coalitions[row * players + leaving(row)] = 0;
      const now = this.#game.values(coalitions, situations);
      this.#rows += batch;
      this.#played[size]! += batch;
      for (let row = 0; row < batch; row++) {
        changes[row * players + leaving(row)] = before[row]! - now[row]!;
        this.#difference[size]! += Math.abs(now[row]! - this.#empty[situations[row]!]!);
      }
      before = now;
      // An order that was not played to its end tells only of the units that left first: it does not count.
      if (await this.#breathe()) return true;
    }
    if (this.#floor === 0) {
      for (let row = 0; row < batch; row++) {
        const last = orders[(row + 1) * players - 1]!;
        changes[row * players + last] = before[row]! - this.#empty[situations[row]!]!;
      }
    }
    changes.forEach((change, i) => {
      this.#add(i % players, change);
    });
    this.#raiseFloor();
    return false;
  }

  #raiseFloor(): void {
    while (this.#floor + 1 < this.#game.players) {
      const size = this.#floor + 1;
      if (this.#difference[size]! > FLOOR_TOLERANCE * this.#played[size]!) return;
      this.#floor = size;
    }
  }

  /** A unit joins those that are still there in a random order, in a random situation: one draw of its own change. */
  #samplePairs(units: readonly number[]): void {
    const { players, batch } = this.#game;
    const { random } = this.#options;
    const situations = this.#randomSituations();
    const coalitions = new Uint8Array(batch * players);
    const order = new Int32Array(players);
    const unitOf = (row: number): number => units[row % units.length]!;
    for (let row = 0; row < batch; row++) {
      shuffle(order, random);
      for (let i = order.indexOf(unitOf(row)); i < players; i++) coalitions[row * players + order[i]!] = 1;
    }
    const joined = this.#game.values(coalitions, situations);
    for (let row = 0; row < batch; row++) coalitions[row * players + unitOf(row)] = 0;
    const without = this.#game.values(coalitions, situations);
    this.#rows += 2 * batch;
    joined.forEach((value, row) => {
      this.#add(unitOf(row), value - without[row]!);
    });
  }

  /** Units whose interval contains the cut: the middle between the worst value that would stay and the best that would go. */
  #undecided(): number[] {
    const { players } = this.#game;
    const { keep } = this.#options;
    const units = Array.from({ length: players }, (_, unit) => unit);
    if (keep === null) return units;
    if (keep <= 0 || keep >= players) return [];
    const means = this.#sum.map((sum, unit) => sum / this.#count[unit]!);
    const descending = means.slice().sort().reverse();
    const cut = (descending[keep - 1]! + descending[keep]!) / 2;
    return units.filter((unit) => Math.abs(means[unit]! - cut) <= this.#halfWidth(unit));
  }
}

/**
 * Estimates from random orders and situations. Sampling is adaptive (Neuron Shapley, Ghorbani & Zou 2020, algorithm 1):
 * it goes on only for units whose interval contains the cut, until there are none or the budget is spent. Intervals are
 * empirical Bernstein's at 95 %, each by itself; what truncation moves, at most 0.01 of all units together, is not in them.
 */
export function sampleShapley(game: Game, options: SamplingOptions): Promise<ShapleyValues> {
  return new ShapleySampler(game, options).sample();
}
