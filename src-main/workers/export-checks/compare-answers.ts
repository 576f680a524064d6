// Whether two ways of computing a policy are the same policy.

/** Index of the largest of a row; the first of equals. */
function argmax(values: Float32Array, offset: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[offset + i]! > values[offset + best]!) best = i;
  return best;
}

/**
 * The largest difference of any output, relative to outputs larger than one, and how many rows choose another action
 * although their two best outputs differ by more than the tolerance.
 * @param expected [rows, outputs]
 * @param actual [rows, outputs]
 */
export function compareAnswers(input: {
  readonly expected: Float32Array;
  readonly actual: Float32Array;
  readonly outputs: number;
  readonly tolerance: number;
  readonly discrete: boolean;
}): { largestDifference: number; differentActions: number } {
  const { expected, actual, outputs, tolerance, discrete } = input;
  let largestDifference = 0;
  let differentActions = 0;
  for (let offset = 0; offset < expected.length; offset += outputs) {
    for (let i = offset; i < offset + outputs; i++) {
      const difference = Math.abs(expected[i]! - (actual[i] ?? NaN)) / Math.max(1, Math.abs(expected[i]!));
      // Written so that NaN counts as the largest difference of all.
      if (!(difference <= largestDifference)) largestDifference = difference;
    }
    if (!discrete || outputs < 2) continue;
    const best = argmax(expected, offset, outputs);
    const sorted = expected.slice(offset, offset + outputs).sort();
    const gap = sorted[outputs - 1]! - sorted[outputs - 2]!;
    if (gap > tolerance * Math.max(1, Math.abs(sorted[outputs - 1]!)) && argmax(actual, offset, outputs) !== best) {
      differentActions++;
    }
  }
  return { largestDifference, differentActions };
}
