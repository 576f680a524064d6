// The few vector operations that both builds share, and small pieces every kernel uses.

/** 1: tiles of 16 accumulators; 0: of 8. */
export let wideTiles: i32 = 0;

/**
 * Where the engine makes 256-bit instructions of neighbouring pairs of vectors, 16 accumulators fit the 16 registers of an
 * x64 processor and are nearly twice as fast; elsewhere they do not fit.
 */
export function useWideTiles(): void {
  wideTiles = 1;
}

/** a·b + c, fused where the build allows it. */
export function fma(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

export function zero(): v128 {
  return i32x4.splat(0);
}

/** max(v, 0), NaN kept. */
export function rectify(v: v128): v128 {
  return f32x4.pmax(v, zero());
}

/** Sum of the four lanes, in a fixed order. */
export function laneSum(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Transposes four vectors and stores them `step` bytes apart. */
export function storeTransposed(a: v128, b: v128, c: v128, d: v128, to: usize, step: usize): void {
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab01, cd01, 0, 2));
  v128.store(to + step, v128.shuffle<f64>(ab01, cd01, 1, 3));
  v128.store(to + 2 * step, v128.shuffle<f64>(ab23, cd23, 0, 2));
  v128.store(to + 3 * step, v128.shuffle<f64>(ab23, cd23, 1, 3));
}

/** The row at `at`, or zeros when it is not among the `valid` first rows. */
export function rowIf(valid: bool, at: usize): v128 {
  return valid ? v128.load(at) : zero();
}
