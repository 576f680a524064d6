// One evaluation: episodes on a range of seeds, and the report of them.
import type { EvaluationReport, SeedRange } from '../../contract/evaluation.ts';
import type { Random } from '../random/random.ts';
import { summarizeReturns } from './return-statistics.ts';
import { playEpisodes, type EpisodesOptions } from './run-episodes.ts';
import { takeSeeds } from './seeds.ts';

export interface EvaluationOptions extends Omit<EpisodesOptions, 'seeds' | 'shouldStop'> {
  /** Each of its seeds is played once. */
  readonly seeds: SeedRange;
  /** For the bootstrap. */
  readonly random: Random;
  /** Whether the policy always takes its best action, as `modelPolicy` does. */
  readonly deterministic: boolean;
  /** Awaited after each step of all running episodes; true stops the evaluation. `RunContext.breathe` is one. */
  readonly breathe: () => Promise<boolean>;
}

/**
 * Plays a range of seeds and summarises the returns. Agreement and latency are left null, to be filled in by who
 * measures them.
 * @throws EvaluationStoppedError
 * @throws TooFewReturnsError
 */
export async function evaluatePolicy(options: EvaluationOptions): Promise<EvaluationReport> {
  const { seeds, random, deterministic, breathe, ...episodes } = options;
  let stop = false;
  const play = playEpisodes({ ...episodes, seeds: takeSeeds(seeds, seeds.count), shouldStop: () => stop });
  let step = play.next();
  while (step.done !== true) {
    stop = await breathe();
    step = play.next();
  }
  const { returns, lengths } = step.value;
  return {
    environment: episodes.environment.id,
    deterministic,
    seeds,
    returns: [...returns],
    lengths: [...lengths],
    summary: summarizeReturns(returns, { random }),
    worstReturn: episodes.environment.worstReturn,
    agreement: null,
    latency: null,
  };
}
