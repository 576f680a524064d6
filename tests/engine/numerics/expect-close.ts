// Closeness of two arrays: the largest deviation, relative to the largest expected value (or to 1).
import { expect } from 'vitest';

/** @param what named in the failure: which array of which network. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  expect(actual.length, `length of ${what}`).toBe(expected.length);
  let scale = 1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    const deviation = Math.abs(actual[i]! - expected[i]!);
    // Written so that NaN fails.
    if (!(deviation <= tolerance * scale)) {
      expect.fail(`${what}[${i}] is ${actual[i]!}, expected ${expected[i]!} within ${tolerance * scale}`);
    }
  }
}

/** Equal names, and equal bytes under each. */
export function expectSameBytes(
  actual: Readonly<Record<string, Float32Array>>,
  expected: Readonly<Record<string, Float32Array>>,
): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, values] of Object.entries(expected)) {
    // Object.is apart NaN payloads: -0 and 0 differ.
    const at = values.findIndex((value, i) => !Object.is(value, actual[name]![i]));
    if (at !== -1) expect.fail(`${name}[${at}] is ${actual[name]![at]!}, expected exactly ${values[at]!}`);
  }
}
