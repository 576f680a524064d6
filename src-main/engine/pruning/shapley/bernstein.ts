// How far a sample mean may be from the expectation, whatever the distribution.

/** What is known of a sum of independent draws. */
export interface Moments {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * Half the width of a two-sided confidence interval for the mean of draws that lie in a range R:
 *   √(2·V·ln(2/δ)/n) + (7/3)·R·ln(2/δ)/(n − 1), V the sample variance, δ the chance of error on either side
 * (Maurer & Pontil 2009, theorem 4: empirical Bernstein). Infinite for fewer than two draws.
 * @param confidence of both sides together, such as 0.95
 */
export function bernsteinHalfWidth(
  { count, sum, squares }: Moments,
  { range, confidence }: { readonly range: number; readonly confidence: number },
): number {
  if (count < 2) return Infinity;
  const variance = Math.max(0, squares - (sum * sum) / count) / (count - 1);
  const log = Math.log(2 / ((1 - confidence) / 2));
  return Math.sqrt((2 * variance * log) / count) + ((7 / 3) * range * log) / (count - 1);
}
