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

/** 4 filters at 4 neighbouring positions, `step` bytes apart in x. */
function fourPositions(
  layer: ConvolutionRecord,
  w: usize,
  bias: usize,
  x: usize,
  xRow: usize,
  step: usize,
  y: usize,
  valid: i32,
): void {
  let a = v128.load(bias),
    b = a,
    c = a,
    d = a;
  const count = (<usize>(layer.kernelWidth * layer.channels)) << 2;
  for (let ky = 0; ky < layer.kernelHeight; ky++) {
    for (let xk = x; xk < x + count; xk += 4) {
      const wv = v128.load(w);
      const second = xk + step;
      const third = second + step;
      a = fma(v128.load32_splat(xk), wv, a);
      b = fma(v128.load32_splat(second), wv, b);
      c = fma(v128.load32_splat(third), wv, c);
      d = fma(v128.load32_splat(third + step), wv, d);
      w += 16;
    }
    x += xRow;
  }
  const position = (<usize>layer.filters) << 2;
  storeFirst(y, a, valid);
  storeFirst(y + position, b, valid);
  storeFirst(y + 2 * position, c, valid);
  storeFirst(y + 3 * position, d, valid);
}

function onePosition(
  layer: ConvolutionRecord,
  w: usize,
  bias: usize,
  x: usize,
  xRow: usize,
  y: usize,
  valid: i32,
): void {
  let even = v128.load(bias);
  let odd = zero();
  const count = (<usize>(layer.kernelWidth * layer.channels)) << 2;
  for (let ky = 0; ky < layer.kernelHeight; ky++) {
    let xk = x;
    const end = x + count;
    if (count & 4) {
      even = fma(v128.load32_splat(xk), v128.load(w), even);
      xk += 4;
      w += 16;
    }
    for (; xk < end; xk += 8) {
      even = fma(v128.load32_splat(xk), v128.load(w), even);
      odd = fma(v128.load32_splat(xk, 4), v128.load(w, 16), odd);
      w += 32;
    }
    x += xRow;
  }
  storeFirst(y, f32x4.add(even, odd), valid);
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
  for (let f = 0; f < layer.filters; f += 4) {
    const valid = layer.filters - f;
    let y = layer.y + ((<usize>f) << 2);
    for (let oy = 0; oy < layer.outHeight; oy++) {
      let x = source + <usize>(oy * layer.strideY) * xRow;
      let ox = 0;
      for (; ox + 4 <= layer.outWidth; ox += 4) {
        fourPositions(layer, w, bias, x, xRow, step, y, valid);
        x += 4 * step;
        y += 4 * position;
      }
      for (; ox < layer.outWidth; ox++) {
        onePosition(layer, w, bias, x, xRow, y, valid);
        x += step;
        y += position;
      }
    }
    w += layer.wStride;
    bias += 16;
  }
  activateVector(layer.activation, layer.y, layer.outHeight * layer.outWidth * layer.filters);
}
