// Activations and their derivatives, in place. exp and tanh are polynomials after Cephes (expf.c, tanhf.c): 2 ulp.
import { fma, zero } from './simd';

export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const TANH: i32 = 2;
export const SIGMOID: i32 = 3;
export const ELU: i32 = 4;

/** e^x: x = n·ln 2 + r, a polynomial in r, and n added to the exponent. Saturates at e^±87. */
function exp(value: v128): v128 {
  const x = f32x4.max(f32x4.splat(-87), f32x4.min(f32x4.splat(87), value));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  const r = fma(n, f32x4.splat(2.1219444e-4), fma(n, f32x4.splat(-0.693359375), x));
  let p = fma(f32x4.splat(1.98756915e-4), r, f32x4.splat(1.3981999507e-3));
  p = fma(p, r, f32x4.splat(8.3334519073e-3));
  p = fma(p, r, f32x4.splat(4.1665795894e-2));
  p = fma(p, r, f32x4.splat(1.6666665459e-1));
  p = fma(p, r, f32x4.splat(5.0000001201e-1));
  p = fma(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, exponent);
}

function tanh(x: v128): v128 {
  const one = f32x4.splat(1);
  const square = f32x4.mul(x, x);
  let p = fma(f32x4.splat(-5.70498872745e-3), square, f32x4.splat(2.06390887954e-2));
  p = fma(p, square, f32x4.splat(-5.37397155531e-2));
  p = fma(p, square, f32x4.splat(1.33314422036e-1));
  p = fma(p, square, f32x4.splat(-3.33332819422e-1));
  const small = fma(f32x4.mul(p, square), x, x);
  const large = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp(f32x4.add(x, x)), one)));
  return v128.bitselect(small, large, f32x4.lt(f32x4.abs(x), f32x4.splat(0.625)));
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
    for (let at = from; at < end; at += 16) v128.store(at, f32x4.max(v128.load(at), zero()));
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

/** dy ← dy ⊙ activation′, from the activation's output y. */
export function activationGradient(kind: i32, y: usize, dy: usize, stride: usize, rows: i32, panels: i32): void {
  if (kind == LINEAR) return;
  const one = f32x4.splat(1);
  const bytes = (<usize>rows) << 5;
  for (let p = 0; p < panels; p++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const output = v128.load(y + at);
      const gradient = v128.load(dy + at);
      let result: v128;
      if (kind == RELU) {
        result = v128.and(gradient, f32x4.gt(output, zero()));
      } else if (kind == TANH) {
        result = f32x4.mul(gradient, f32x4.sub(one, f32x4.mul(output, output)));
      } else if (kind == SIGMOID) {
        result = f32x4.mul(gradient, f32x4.mul(output, f32x4.sub(one, output)));
      } else {
        result = f32x4.mul(gradient, f32x4.min(one, f32x4.add(output, one)));
      }
      v128.store(dy + at, result);
    }
    y += stride;
    dy += stride;
  }
}
