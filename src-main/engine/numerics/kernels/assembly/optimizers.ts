// Optimizer steps, formulas as PyTorch's; and the norm of the gradients. One pass over every parameter.
import { ParameterRecord } from './records';
import { fma, rectify, zero } from './simd';

export const ADAM: i32 = 0;
export const RMSPROP: i32 = 1;
export const SGD: i32 = 2;

const PARAMETER_BYTES: usize = 32;

/** Where the mask of a gradient lies; where there is none, the gradient itself, which `everything` makes all ones. */
function maskOf(parameter: ParameterRecord): usize {
  return parameter.mask ? parameter.mask : parameter.gradient;
}

/** Bits to set in the mask: none, or all where there is no mask. */
function everything(parameter: ParameterRecord): v128 {
  return i32x4.splat(parameter.mask ? 0 : -1);
}

/** Gradient of four weights; nothing where the weight is masked. */
function gradientAt(gradient: usize, mask: usize, all: v128): v128 {
  return v128.and(v128.load(gradient), v128.or(v128.load(mask), all));
}

/** Two sums of four squares; stored, because the engine makes pairs of what is stored as neighbours. */
const SQUARES: usize = memory.data(32, 32);

/** Σ g² over all parameters, masked weights left out. Not finite when a gradient is not (or when the square overflows). */
export function squaredNorm(parameters: usize, count: i32): f64 {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) {
    const parameter = changetype<ParameterRecord>(parameters + <usize>i * PARAMETER_BYTES);
    const all = everything(parameter);
    let gradient = parameter.gradient;
    let mask = maskOf(parameter);
    const last = gradient + parameter.bytes;
    while (gradient < last) {
      const end = min(gradient + 4096, last);
      let even = zero();
      let odd = zero();
      for (; gradient < end; gradient += 32, mask += 32) {
        const a = gradientAt(gradient, mask, all);
        const b = gradientAt(gradient + 16, mask + 16, all);
        even = fma(a, a, even);
        odd = fma(b, b, odd);
      }
      v128.store(SQUARES, even);
      v128.store(SQUARES, odd, 16);
      const sum = f32x4.add(v128.load(SQUARES), v128.load(SQUARES, 16));
      total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1);
      total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
    }
  }
  return total;
}

function change(m: v128, v: v128, rate: v128, root: v128, epsilon: v128): v128 {
  return f32x4.div(f32x4.mul(rate, m), fma(f32x4.sqrt(v), root, epsilon));
}

/**
 * keep = β and fresh = 1 − β, each rounded once, by the host. m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − rate · m / (√v · root + ε), where rate = lr / (1 − β₁ᵗ) and
 * root = 1 / √(1 − β₂ᵗ). A masked weight keeps g = m = v = 0, so it moves by 0 / ε = 0.
 */
export function adamStep(
  parameters: usize,
  count: i32,
  scale: f32,
  rate: f32,
  keep1: f32,
  fresh1: f32,
  keep2: f32,
  fresh2: f32,
  root: f32,
  epsilon: f32,
): void {
  const scaleV = f32x4.splat(scale);
  const rateV = f32x4.splat(rate);
  const keep1V = f32x4.splat(keep1);
  const fresh1V = f32x4.splat(fresh1);
  const keep2V = f32x4.splat(keep2);
  const fresh2V = f32x4.splat(fresh2);
  const rootV = f32x4.splat(root);
  const epsilonV = f32x4.splat(epsilon);
  for (let i = 0; i < count; i++) {
    const parameter = changetype<ParameterRecord>(parameters + <usize>i * PARAMETER_BYTES);
    const all = everything(parameter);
    let gradient = parameter.gradient;
    let mask = maskOf(parameter);
    let atM = parameter.m;
    let atV = parameter.v;
    const end = parameter.w + parameter.bytes;
    // All loads before all stores, or the engine does not make pairs of them.
    for (let atW = parameter.w; atW < end; atW += 32) {
      const g0 = f32x4.mul(gradientAt(gradient, mask, all), scaleV);
      const g1 = f32x4.mul(gradientAt(gradient + 16, mask + 16, all), scaleV);
      const m0 = fma(fresh1V, g0, f32x4.mul(keep1V, v128.load(atM)));
      const m1 = fma(fresh1V, g1, f32x4.mul(keep1V, v128.load(atM, 16)));
      const v0 = fma(f32x4.mul(fresh2V, g0), g0, f32x4.mul(keep2V, v128.load(atV)));
      const v1 = fma(f32x4.mul(fresh2V, g1), g1, f32x4.mul(keep2V, v128.load(atV, 16)));
      const w0 = f32x4.sub(v128.load(atW), change(m0, v0, rateV, rootV, epsilonV));
      const w1 = f32x4.sub(v128.load(atW, 16), change(m1, v1, rateV, rootV, epsilonV));
      v128.store(atM, m0);
      v128.store(atM, m1, 16);
      v128.store(atV, v0);
      v128.store(atV, v1, 16);
      v128.store(atW, w0);
      v128.store(atW, w1, 16);
      gradient += 32;
      mask += 32;
      atM += 32;
      atV += 32;
    }
  }
}

/** v ← αv + (1 − α)g²; centred: m ← αm + (1 − α)g, v − m² in place of v; w ← w − lr · g / (√v + ε). */
export function rmspropStep(
  parameters: usize,
  count: i32,
  scale: f32,
  rate: f32,
  keep: f32,
  fresh: f32,
  epsilon: f32,
  centered: i32,
): void {
  const scaleV = f32x4.splat(scale);
  const rateV = f32x4.splat(rate);
  const keepV = f32x4.splat(keep);
  const freshV = f32x4.splat(fresh);
  const epsilonV = f32x4.splat(epsilon);
  for (let i = 0; i < count; i++) {
    const parameter = changetype<ParameterRecord>(parameters + <usize>i * PARAMETER_BYTES);
    const all = everything(parameter);
    const mask = maskOf(parameter);
    for (let offset: usize = 0; offset < parameter.bytes; offset += 16) {
      const g = f32x4.mul(gradientAt(parameter.gradient + offset, mask + offset, all), scaleV);
      let v = v128.load(parameter.v + offset);
      v = fma(f32x4.mul(freshV, g), g, f32x4.mul(keepV, v));
      v128.store(parameter.v + offset, v);
      if (centered) {
        let m = v128.load(parameter.m + offset);
        m = fma(freshV, g, f32x4.mul(keepV, m));
        v128.store(parameter.m + offset, m);
        v = rectify(f32x4.sub(v, f32x4.mul(m, m)));
      }
      const w = v128.load(parameter.w + offset);
      const change = f32x4.div(f32x4.mul(rateV, g), f32x4.add(f32x4.sqrt(v), epsilonV));
      v128.store(parameter.w + offset, f32x4.sub(w, change));
    }
  }
}

/** m ← μm + g; w ← w − lr · m. */
export function sgdStep(parameters: usize, count: i32, scale: f32, rate: f32, momentum: f32): void {
  const scaleV = f32x4.splat(scale);
  const rateV = f32x4.splat(rate);
  const keep = f32x4.splat(momentum);
  for (let i = 0; i < count; i++) {
    const parameter = changetype<ParameterRecord>(parameters + <usize>i * PARAMETER_BYTES);
    const all = everything(parameter);
    const mask = maskOf(parameter);
    for (let offset: usize = 0; offset < parameter.bytes; offset += 16) {
      let g = f32x4.mul(gradientAt(parameter.gradient + offset, mask + offset, all), scaleV);
      if (momentum != 0) {
        g = fma(keep, v128.load(parameter.m + offset), g);
        v128.store(parameter.m + offset, g);
      }
      const w = v128.load(parameter.w + offset);
      v128.store(parameter.w + offset, f32x4.sub(w, f32x4.mul(rateV, g)));
    }
  }
}

/** What is too small to matter becomes 0. */
function flush(from: usize, bytes: usize): void {
  for (let at = from; at < from + bytes; at += 16) {
    const value = v128.load(at);
    v128.store(at, v128.andnot(value, f32x4.lt(f32x4.abs(value), f32x4.splat(1e-35))));
  }
}

/**
 * Slots of weights whose gradients stay away (a unit that died) shrink for ever, and arithmetic on subnormal numbers is
 * many times slower. Called now and then, this keeps them from getting there.
 */
export function flushSlots(parameters: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const parameter = changetype<ParameterRecord>(parameters + <usize>i * PARAMETER_BYTES);
    flush(parameter.m, parameter.bytes);
    flush(parameter.v, parameter.bytes);
  }
}
