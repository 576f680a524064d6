// The game whose players are the units of one layer: what a policy is worth when only some of them are there.

/**
 * A cooperative game whose value is a mean over situations: v(S) = mean over s of v_s(S), each v_s(S) in [0, 1].
 * Situations are visited states, or episodes.
 */
export interface Game {
  readonly players: number;
  readonly situations: number;
  /** The most rows that `values` takes at once. */
  readonly batch: number;
  /** Multiply-accumulates of one row, for budgets that do not look at a clock. */
  readonly cost: number;
  /**
   * v_s(S) of every row by itself: row r plays the coalition r in the situation r.
   * @param coalitions 1 where a player is there, [rows, players]
   * @param situations [rows]
   * @returns [rows]; a copy
   */
  values(coalitions: Uint8Array, situations: Int32Array): Float64Array;
}

/** A game that runs on a network in a backend. */
export interface LayerGame extends Game {
  dispose(): void;
}

/** v_s(S) of one coalition in every situation, [situations]. */
export function valuesEverywhere(game: Game, coalition: Uint8Array): Float64Array {
  const all = new Float64Array(game.situations);
  for (let from = 0; from < game.situations; from += game.batch) {
    const rows = Math.min(game.batch, game.situations - from);
    const coalitions = new Uint8Array(rows * game.players);
    for (let row = 0; row < rows; row++) coalitions.set(coalition, row * game.players);
    all.set(
      game.values(
        coalitions,
        Int32Array.from({ length: rows }, (_, row) => from + row),
      ),
      from,
    );
  }
  return all;
}

export const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
