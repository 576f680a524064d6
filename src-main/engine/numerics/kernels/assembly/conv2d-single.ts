// Convolution of a single image, a vector of (row, column, channel): vectorised over filters.
import { activateVector } from './activations';
import { ConvolutionRecord } from './records';
import { fma, zero } from './simd';

function copyIntoBorder(layer: ConvolutionRecord): void {
  const rowBytes = (<usize>(layer.width * layer.channels)) << 2;
  const paddedRowBytes = (<usize>(layer.paddedWidth * layer.channels)) << 2;
  memory.fill(layer.padded, 0, <usize>layer.paddedHeight * paddedRowBytes);
  let from = layer.x;
  let to = layer.padded + <usize>layer.padTop * paddedRowBytes + ((<usize>(layer.padLeft * layer.channels)) << 2);
  for (let row = 0; row < layer.height; row++) {
    memory.copy(to, from, rowBytes);
    from += rowBytes;
    to += paddedRowBytes;
  }
}

/** Stores the first `valid` lanes, so that the next position's filters stay as they are. */
function storeFirst(to: usize, v: v128, valid: i32): void {
  if (valid >= 4) {
    v128.store(to, v);
    return;
  }
  f32.store(to, f32x4.extract_lane(v, 0));
  if (valid > 1) f32.store(to, f32x4.extract_lane(v, 1), 4);
  if (valid > 2) f32.store(to, f32x4.extract_lane(v, 2), 8);
}

/** Stores 8 filters, of which the first `valid` exist. */
function storeFilters(to: usize, low: v128, high: v128, valid: i32): void {
  storeFirst(to, low, valid);
  if (valid > 4) storeFirst(to + 16, high, valid - 4);
}

/** 8 filters at 4 neighbouring positions, `step` bytes apart in x. */
function fourPositions(
  layer: ConvolutionRecord,
  w: usize,
  next: usize,
  bias: usize,
  x: usize,
  xRow: usize,
  step: usize,
  y: usize,
  valid: i32,
): void {
  let a0 = v128.load(bias),
    b0 = a0,
    c0 = a0,
    d0 = a0;
  let a1 = v128.load(bias, 16),
    b1 = a1,
    c1 = a1,
    d1 = a1;
  const count = (<usize>(layer.kernelWidth * layer.channels)) << 2;
  for (let ky = 0; ky < layer.kernelHeight; ky++) {
    const end = x + count;
    for (let xk = x; xk < end; xk += 4) {
      const w0 = v128.load(w);
      const w1 = v128.load(next);
      const second = xk + step;
      const third = second + step;
      let xv = v128.load32_splat(xk);
      a0 = fma(xv, w0, a0);
      a1 = fma(xv, w1, a1);
      xv = v128.load32_splat(second);
      b0 = fma(xv, w0, b0);
      b1 = fma(xv, w1, b1);
      xv = v128.load32_splat(third);
      c0 = fma(xv, w0, c0);
      c1 = fma(xv, w1, c1);
      xv = v128.load32_splat(third + step);
      d0 = fma(xv, w0, d0);
      d1 = fma(xv, w1, d1);
      w += 16;
      next += 16;
    }
    x += xRow;
  }
  const position = (<usize>layer.filters) << 2;
  storeFilters(y, a0, a1, valid);
  storeFilters(y + position, b0, b1, valid);
  storeFilters(y + 2 * position, c0, c1, valid);
  storeFilters(y + 3 * position, d0, d1, valid);
}

function onePosition(
  layer: ConvolutionRecord,
  w: usize,
  next: usize,
  bias: usize,
  x: usize,
  xRow: usize,
  y: usize,
  valid: i32,
): void {
  let even0 = v128.load(bias);
  let even1 = v128.load(bias, 16);
  let odd0 = zero();
  let odd1 = zero();
  const count = (<usize>(layer.kernelWidth * layer.channels)) << 2;
  for (let ky = 0; ky < layer.kernelHeight; ky++) {
    let xk = x;
    const end = x + count;
    if (count & 4) {
      const xv = v128.load32_splat(xk);
      even0 = fma(xv, v128.load(w), even0);
      even1 = fma(xv, v128.load(next), even1);
      xk += 4;
      w += 16;
      next += 16;
    }
    for (; xk < end; xk += 8) {
      let xv = v128.load32_splat(xk);
      even0 = fma(xv, v128.load(w), even0);
      even1 = fma(xv, v128.load(next), even1);
      xv = v128.load32_splat(xk, 4);
      odd0 = fma(xv, v128.load(w, 16), odd0);
      odd1 = fma(xv, v128.load(next, 16), odd1);
      w += 32;
      next += 32;
    }
    x += xRow;
  }
  storeFilters(y, f32x4.add(even0, odd0), f32x4.add(even1, odd1), valid);
}

export function convolutionSingle(layer: ConvolutionRecord): void {
  if (layer.padded) copyIntoBorder(layer);
  const source = layer.padded ? layer.padded : layer.x;
  const width = layer.padded ? layer.paddedWidth : layer.width;
  const xRow = (<usize>(width * layer.channels)) << 2;
  const step = (<usize>(layer.strideX * layer.channels)) << 2;
  const position = (<usize>layer.filters) << 2;
  let w = layer.w;
  let bias = layer.bias;
  for (let f = 0; f < layer.filters; f += 8) {
    const valid = layer.filters - f;
    const next = valid > 4 ? w + layer.wStride : w; // computed twice, stored once
    let y = layer.y + ((<usize>f) << 2);
    for (let oy = 0; oy < layer.outHeight; oy++) {
      let x = source + <usize>(oy * layer.strideY) * xRow;
      let ox = 0;
      for (; ox + 4 <= layer.outWidth; ox += 4) {
        fourPositions(layer, w, next, bias, x, xRow, step, y, valid);
        x += 4 * step;
        y += 4 * position;
      }
      for (; ox < layer.outWidth; ox++) {
        onePosition(layer, w, next, bias, x, xRow, y, valid);
        x += step;
        y += position;
      }
    }
    w += 2 * layer.wStride;
    bias += 32;
  }
  activateVector(layer.activation, layer.y, layer.outHeight * layer.outWidth * layer.filters);
}
