// What is said of a sample of returns: location, spread, and how sure one can be of it.
import type { ReturnDifference, ReturnSummary } from '../../contract/evaluation.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Random } from '../random/random.ts';
import { bootstrapIntervals, quantile, trimmedPerEnd } from './bootstrap.ts';

/** Too few returns to say how much they spread. */
export class TooFewReturnsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(episodes: number) {
    super(
      `statistics of returns need at least 2 episodes, got ${episodes}`,
      'Evaluate on more seeds; 100 are usual for small environments.',
    );
  }
}

/** Two samples that are not of the same seeds. */
export class UnpairedReturnsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(child: number, parent: number) {
    super(
      `a paired comparison needs the same seeds: ${child} returns of the child, ${parent} of the parent`,
      'Evaluate both models on the same seeds.',
    );
  }
}

interface BootstrapOptions {
  readonly random: Random;
  /** 10 000 puts the interval's own noise well below what is displayed. */
  readonly resamples?: number;
}

/** Of the values from `from` to before `to`, in order. */
export function meanOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum / (to - from);
}

/** Mean of the values without the ⌊n/4⌋ lowest and the ⌊n/4⌋ highest. */
export function interquartileMean(values: ArrayLike<number>): number {
  const trimmed = trimmedPerEnd(values.length);
  return meanOf(Float64Array.from(values).sort(), trimmed, values.length - trimmed);
}

/** @throws TooFewReturnsError */
export function summarizeReturns(returns: ArrayLike<number>, options: BootstrapOptions): ReturnSummary {
  const episodes = returns.length;
  if (episodes < 2) throw new TooFewReturnsError(episodes);
  const sorted = Float64Array.from(returns).sort();
  const mean = meanOf(sorted);
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  const standardDeviation = Math.sqrt(squares / (episodes - 1));
  const intervals = bootstrapIntervals(sorted, options.random, options.resamples ?? 10_000);
  return {
    episodes,
    mean,
    meanInterval: intervals.mean,
    interquartileMean: interquartileMean(sorted),
    interquartileMeanInterval: intervals.interquartileMean,
    median: quantile(sorted, 0.5),
    standardDeviation,
    standardError: standardDeviation / Math.sqrt(episodes),
    min: sorted[0]!,
    max: sorted[episodes - 1]!,
  };
}

/**
 * The mean of child − parent, seed by seed, with its interval: narrower than that of two samples, as both played the
 * same starts.
 * @param pair.child returns of the same seeds, in the same order, as `pair.parent`.
 * @throws UnpairedReturnsError
 * @throws TooFewReturnsError
 */
export function compareReturns(
  pair: { readonly child: ArrayLike<number>; readonly parent: ArrayLike<number> },
  options: BootstrapOptions,
): ReturnDifference {
  const { child, parent } = pair;
  if (child.length !== parent.length) throw new UnpairedReturnsError(child.length, parent.length);
  const differences = Float64Array.from(child, (value, i) => value - parent[i]!);
  const { episodes, mean, meanInterval } = summarizeReturns(differences, options);
  return { episodes, mean, meanInterval };
}
