/** Scores never change, and are asked for at many amounts: once per array. */
const known = new WeakMap<Float32Array, Float32Array>();

/** Ascending, not to be changed by who asks. */
export function sortedScores(scores: Float32Array): Float32Array {
  const before = known.get(scores);
  if (before !== undefined) return before;
  const sorted = scores.slice().sort();
  known.set(scores, sorted);
  return sorted;
}
