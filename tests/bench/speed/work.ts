// A piece of work that both sides do, and what is to come of it.
import type { Backend } from '../../../src-main/engine/numerics/backend.ts';
import type { Peer } from './peer.ts';
import { median, type Contestant, type RoundTimes } from './rounds.ts';

export interface WorkContext {
  readonly backend: Backend;
  readonly peer: Peer;
  /** For each trial of the peer's variants, of which the fastest is measured. */
  readonly trialSeconds: number;
}

export interface PreparedWork {
  readonly contestants: readonly Contestant[];
  /** Read after the rounds: what was checked, and how the peer was set up. */
  readonly notes: readonly string[];
  readonly dispose: () => void | Promise<void>;
}

export interface Comparison {
  /** Names of contestants, as they are printed. */
  readonly ours: string;
  readonly theirs: string;
  /** Ours ÷ theirs at most. */
  readonly target: number;
}

export interface Work {
  readonly name: string;
  readonly comparisons: readonly Comparison[];
  readonly prepare: (context: WorkContext) => Promise<PreparedWork>;
}

export interface ComparisonResult extends Comparison {
  readonly work: string;
  /** Microseconds of every round. */
  readonly oursTimes: readonly number[];
  readonly theirsTimes: readonly number[];
  /** Of the rounds' ours ÷ theirs. */
  readonly ratio: { readonly median: number; readonly min: number; readonly max: number };
  readonly reached: boolean;
}

export function compare(work: string, comparison: Comparison, times: RoundTimes): ComparisonResult {
  const oursTimes = times[comparison.ours]!;
  const theirsTimes = times[comparison.theirs]!;
  const ratios = oursTimes.map((ours, round) => ours / theirsTimes[round]!);
  const ratio = { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
  return { work, ...comparison, oursTimes, theirsTimes, ratio, reached: ratio.median <= comparison.target };
}
