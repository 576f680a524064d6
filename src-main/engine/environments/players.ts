// Whole episodes played elsewhere, where their returns are all that counts.
import type { PolicyModel } from '../networks/model.ts';

/** Episodes of one policy. */
export interface Match {
  readonly model: PolicyModel;
  /** One episode per seed. */
  readonly seeds: readonly number[];
}

export interface Players {
  /**
   * Plays all of them, and waits for it.
   * @returns undiscounted returns of each match, in the order of its seeds: to the bit what `Player` has for it
   */
  play(matches: readonly Match[]): Float64Array[];
}
