// Optimizer steps, formulas as PyTorch's; and the norm of the gradients. One pass over every parameter.
import { ParameterRecord } from './records';
import { fma, rectify, zero } from './simd';

export const ADAM: i32 = 0;
export const RMSPROP: i32 = 1;
export const SGD: i32 = 2;

const PARAMETER_BYTES: usize = 32;

/** Gradient of four weights; nothing where the weight is masked. */
function gradientAt(parameter: ParameterRecord, offset: usize): v128 {
  const gradient = v128.load(parameter.gradient + offset);
  return parameter.mask ? v128.and(gradient, v128.load(parameter.mask + offset)) : gradient;
}

/** Σ g² over all parameters, masked weights left out. Not finite when a gradient is not (or when the square overflows). */
export function squaredNorm(parameters: usize, count: i32): f64 {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) {
    const parameter = changetype<ParameterRecord>(parameters + <usize>i * PARAMETER_BYTES);
    for (let block: usize = 0; block < parameter.bytes; block += 4096) {
      const end = min(block + 4096, parameter.bytes);
      let even = zero();
      let odd = zero();
      let offset = block;
      for (; offset + 32 <= end; offset += 32) {
        const a = gradientAt(parameter, offset);
        const b = gradientAt(parameter, offset + 16);
        even = fma(a, a, even);
        odd = fma(b, b, odd);
      }
      if (offset < end) {
        const a = gradientAt(parameter, offset);
        even = fma(a, a, even);
      }
      const sum = f32x4.add(even, odd);
      total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1);
      total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
    }
  }
  return total;
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
    for (let offset: usize = 0; offset < parameter.bytes; offset += 16) {
      const g = f32x4.mul(gradientAt(parameter, offset), scaleV);
      let m = v128.load(parameter.m + offset);
      let v = v128.load(parameter.v + offset);
      m = fma(fresh1V, g, f32x4.mul(keep1V, m));
      v = fma(f32x4.mul(fresh2V, g), g, f32x4.mul(keep2V, v));
      v128.store(parameter.m + offset, m);
      v128.store(parameter.v + offset, v);
      const denominator = fma(f32x4.sqrt(v), rootV, epsilonV);
      const w = v128.load(parameter.w + offset);
      v128.store(parameter.w + offset, f32x4.sub(w, f32x4.div(f32x4.mul(rateV, m), denominator)));
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
    for (let offset: usize = 0; offset < parameter.bytes; offset += 16) {
      const g = f32x4.mul(gradientAt(parameter, offset), scaleV);
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
    for (let offset: usize = 0; offset < parameter.bytes; offset += 16) {
      let g = f32x4.mul(gradientAt(parameter, offset), scaleV);
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
