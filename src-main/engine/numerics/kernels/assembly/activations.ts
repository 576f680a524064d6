// Activations and their derivatives, in place. Two-operand pmin and pmax keep a NaN that comes first, and are one
// instruction where min and max are eight.
import { fma, rectify, zero } from './simd';

export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const TANH: i32 = 2;
export const SIGMOID: i32 = 3;
export const ELU: i32 = 4;

/**
 * e^x = 2ⁿ·eʳ with n = ⌊x / ln 2⌉ and eʳ a polynomial, |r| ≤ ln 2 / 2 (coefficients of Cephes, expf.c): 2 ulp, and
 * saturates at e^±87. Adding 1.5·2²³ rounds to an integer and leaves it in the lowest bits.
 */
function exp(value: v128): v128 {
  const rounding = f32x4.splat(12582912);
  const x = f32x4.pmax(f32x4.pmin(value, f32x4.splat(87)), f32x4.splat(-87));
  const shifted = fma(x, f32x4.splat(1.44269504088896341), rounding);
  const n = f32x4.sub(shifted, rounding);
  const r = fma(n, f32x4.splat(2.1219444e-4), fma(n, f32x4.splat(-0.693359375), x));
  let p = fma(f32x4.splat(1.98756915e-4), r, f32x4.splat(1.3981999507e-3));
  p = fma(p, r, f32x4.splat(8.3334519073e-3));
  p = fma(p, r, f32x4.splat(4.1665795894e-2));
  p = fma(p, r, f32x4.splat(1.6666665459e-1));
  p = fma(p, r, f32x4.splat(5.0000001201e-1));
  p = fma(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  const power = i32x4.add(i32x4.shl(shifted, 23), f32x4.splat(1));
  return f32x4.mul(p, power);
}

/** x·P(x²) / Q(x²), fitted for the smallest relative error on [0, 8]: within 3.4e-7 in float32, and 1 from 8 on. */
function tanh(value: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(value, f32x4.splat(8)), f32x4.splat(-8));
  const u = f32x4.mul(x, x);
  let p = fma(u, f32x4.splat(1.5230583e-8), f32x4.splat(2.1894779e-5));
  p = fma(p, u, f32x4.splat(3.5716053e-3));
  p = fma(p, u, f32x4.splat(0.13444504));
  p = fma(p, u, f32x4.splat(1));
  let q = fma(u, f32x4.splat(8.5225133e-7), f32x4.splat(3.4113036e-4));
  q = fma(q, u, f32x4.splat(2.616447e-2));
  q = fma(q, u, f32x4.splat(0.46777833));
  q = fma(q, u, f32x4.splat(1));
  return f32x4.div(f32x4.mul(x, p), q);
}

function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

function elu(x: v128): v128 {
  return v128.bitselect(x, f32x4.sub(exp(x), f32x4.splat(1)), f32x4.gt(x, zero()));
}

function activateRange(kind: i32, from: usize, end: usize): void {
  if (kind == RELU) {
    for (let at = from; at < end; at += 16) v128.store(at, rectify(v128.load(at)));
  } else if (kind == TANH) {
    for (let at = from; at < end; at += 16) v128.store(at, tanh(v128.load(at)));
  } else if (kind == SIGMOID) {
    for (let at = from; at < end; at += 16) v128.store(at, sigmoid(v128.load(at)));
  } else if (kind == ELU) {
    for (let at = from; at < end; at += 16) v128.store(at, elu(v128.load(at)));
  }
}

/** y ← activation(y) on the first `rows` rows of every panel; filling rows stay zero. */
export function activatePanels(kind: i32, y: usize, stride: usize, rows: i32, panels: i32): void {
  if (kind == LINEAR) return;
  for (let p = 0; p < panels; p++) {
    activateRange(kind, y, y + ((<usize>rows) << 5));
    y += stride;
  }
}

/** The same for a vector of `size` values followed by filling, which is zero again afterwards. */
export function activateVector(kind: i32, y: usize, size: i32): void {
  const end = y + ((<usize>size) << 2);
  activateRange(kind, y, end);
  for (let at = end; at < ((end + 15) & ~15); at += 4) f32.store(at, 0);
}

/** dy ← dy ⊙ activation′ on `bytes` bytes, from the activation's output y. */
function gradientRange(kind: i32, y: usize, dy: usize, bytes: usize): void {
  const one = f32x4.splat(1);
  const end = dy + bytes;
  if (kind == RELU) {
    for (; dy < end; dy += 16, y += 16) {
      v128.store(dy, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero())));
    }
  } else if (kind == TANH) {
    for (; dy < end; dy += 16, y += 16) {
      const output = v128.load(y);
      v128.store(dy, f32x4.mul(v128.load(dy), f32x4.sub(one, f32x4.mul(output, output))));
    }
  } else if (kind == SIGMOID) {
    for (; dy < end; dy += 16, y += 16) {
      const output = v128.load(y);
      v128.store(dy, f32x4.mul(v128.load(dy), f32x4.mul(output, f32x4.sub(one, output))));
    }
  } else if (kind == ELU) {
    for (; dy < end; dy += 16, y += 16) {
      v128.store(dy, f32x4.mul(v128.load(dy), f32x4.pmin(f32x4.add(v128.load(y), one), one)));
    }
  }
}

/** The same on the first `rows` rows of every panel. */
export function activationGradient(kind: i32, y: usize, dy: usize, stride: usize, rows: i32, panels: i32): void {
  if (kind == LINEAR) return;
  for (let p = 0; p < panels; p++) {
    gradientRange(kind, y, dy, (<usize>rows) << 5);
    y += stride;
    dy += stride;
  }
}
