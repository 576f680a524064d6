// Register tiles of forward products and input gradients: y[4][8 or 16 samples] = start + Σ over a list: w[4] ⊗ x[samples].
// Which rows of x there are, and where their weights lie, says the list: pairs of offsets in bytes, of x and of w. A dense
// layer lists the rows that are not zero, a convolution all those of its window.
import { fma, rectify, wideTiles } from './simd';

/** Bytes of an entry of a list. */
export const ENTRY: usize = 8;

/** Writes an entry. @returns where the next one goes. */
export function enter(list: usize, x: usize, w: usize): usize {
  store<usize>(list, x);
  store<usize>(list, w, 4);
  return list + ENTRY;
}

/** Panels of samples that one tile computes, of `left` that there are. */
export function panelsOfTile(left: i32): i32 {
  return wideTiles && left > 1 ? 2 : 1;
}

/** Four zeros to start from. */
export const ZEROS: usize = memory.data(16, 16);

/**
 * One panel of 8 samples: 8 accumulators.
 * Step is as wide as the 4 weights of an entry are apart: f32 in forward products, where those of 4 outputs are
 * neighbours, v128 in input gradients, where those of 4 input rows are.
 */
function productOfPanel<Step>(
  list: usize,
  end: usize,
  w: usize,
  x: usize,
  y: usize,
  start: usize,
  onto: i32,
  relu: i32,
): void {
  let a0 = v128.load32_splat(start),
    a1 = a0;
  let b0 = v128.load32_splat(start, 4),
    b1 = b0;
  let c0 = v128.load32_splat(start, 8),
    c1 = c0;
  let d0 = v128.load32_splat(start, 12),
    d1 = d0;
  // One entry per turn: with more, the engine runs out of address registers.
  for (; list < end; list += ENTRY) {
    const row = x + load<usize>(list);
    const weights = w + load<usize>(list, 4);
    const x0 = v128.load(row);
    const x1 = v128.load(row, 16);
    let wv = v128.load32_splat(weights);
    a0 = fma(wv, x0, a0);
    a1 = fma(wv, x1, a1);
    wv = v128.load32_splat(weights, sizeof<Step>());
    b0 = fma(wv, x0, b0);
    b1 = fma(wv, x1, b1);
    wv = v128.load32_splat(weights, 2 * sizeof<Step>());
    c0 = fma(wv, x0, c0);
    c1 = fma(wv, x1, c1);
    wv = v128.load32_splat(weights, 3 * sizeof<Step>());
    d0 = fma(wv, x0, d0);
    d1 = fma(wv, x1, d1);
  }
  if (onto) {
    a0 = f32x4.add(a0, v128.load(y));
    a1 = f32x4.add(a1, v128.load(y, 16));
    b0 = f32x4.add(b0, v128.load(y, 32));
    b1 = f32x4.add(b1, v128.load(y, 48));
    c0 = f32x4.add(c0, v128.load(y, 64));
    c1 = f32x4.add(c1, v128.load(y, 80));
    d0 = f32x4.add(d0, v128.load(y, 96));
    d1 = f32x4.add(d1, v128.load(y, 112));
  }
  if (relu) {
    a0 = rectify(a0);
    a1 = rectify(a1);
    b0 = rectify(b0);
    b1 = rectify(b1);
    c0 = rectify(c0);
    c1 = rectify(c1);
    d0 = rectify(d0);
    d1 = rectify(d1);
  }
  v128.store(y, a0);
  v128.store(y, a1, 16);
  v128.store(y, b0, 32);
  v128.store(y, b1, 48);
  v128.store(y, c0, 64);
  v128.store(y, c1, 80);
  v128.store(y, d0, 96);
  v128.store(y, d1, 112);
}

/** Two panels at once: 16 accumulators. */
function productOfTwoPanels<Step>(
  list: usize,
  end: usize,
  w: usize,
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  start: usize,
  onto: i32,
  relu: i32,
): void {
  const z = y + yStride;
  let a0 = v128.load32_splat(start),
    a1 = a0,
    a2 = a0,
    a3 = a0;
  let b0 = v128.load32_splat(start, 4),
    b1 = b0,
    b2 = b0,
    b3 = b0;
  let c0 = v128.load32_splat(start, 8),
    c1 = c0,
    c2 = c0,
    c3 = c0;
  let d0 = v128.load32_splat(start, 12),
    d1 = d0,
    d2 = d0,
    d3 = d0;
  for (; list < end; list += ENTRY) {
    const row = x + load<usize>(list);
    const weights = w + load<usize>(list, 4);
    const x0 = v128.load(row);
    const x1 = v128.load(row, 16);
    const x2 = v128.load(row + xStride);
    const x3 = v128.load(row + xStride, 16);
    let wv = v128.load32_splat(weights);
    a0 = fma(wv, x0, a0);
    a1 = fma(wv, x1, a1);
    a2 = fma(wv, x2, a2);
    a3 = fma(wv, x3, a3);
    wv = v128.load32_splat(weights, sizeof<Step>());
    b0 = fma(wv, x0, b0);
    b1 = fma(wv, x1, b1);
    b2 = fma(wv, x2, b2);
    b3 = fma(wv, x3, b3);
    wv = v128.load32_splat(weights, 2 * sizeof<Step>());
    c0 = fma(wv, x0, c0);
    c1 = fma(wv, x1, c1);
    c2 = fma(wv, x2, c2);
    c3 = fma(wv, x3, c3);
    wv = v128.load32_splat(weights, 3 * sizeof<Step>());
    d0 = fma(wv, x0, d0);
    d1 = fma(wv, x1, d1);
    d2 = fma(wv, x2, d2);
    d3 = fma(wv, x3, d3);
  }
  if (onto) {
    a0 = f32x4.add(a0, v128.load(y));
    a1 = f32x4.add(a1, v128.load(y, 16));
    a2 = f32x4.add(a2, v128.load(z));
    a3 = f32x4.add(a3, v128.load(z, 16));
    b0 = f32x4.add(b0, v128.load(y, 32));
    b1 = f32x4.add(b1, v128.load(y, 48));
    b2 = f32x4.add(b2, v128.load(z, 32));
    b3 = f32x4.add(b3, v128.load(z, 48));
    c0 = f32x4.add(c0, v128.load(y, 64));
    c1 = f32x4.add(c1, v128.load(y, 80));
    c2 = f32x4.add(c2, v128.load(z, 64));
    c3 = f32x4.add(c3, v128.load(z, 80));
    d0 = f32x4.add(d0, v128.load(y, 96));
    d1 = f32x4.add(d1, v128.load(y, 112));
    d2 = f32x4.add(d2, v128.load(z, 96));
    d3 = f32x4.add(d3, v128.load(z, 112));
  }
  if (relu) {
    a0 = rectify(a0);
    a1 = rectify(a1);
    a2 = rectify(a2);
    a3 = rectify(a3);
    b0 = rectify(b0);
    b1 = rectify(b1);
    b2 = rectify(b2);
    b3 = rectify(b3);
    c0 = rectify(c0);
    c1 = rectify(c1);
    c2 = rectify(c2);
    c3 = rectify(c3);
    d0 = rectify(d0);
    d1 = rectify(d1);
    d2 = rectify(d2);
    d3 = rectify(d3);
  }
  v128.store(y, a0);
  v128.store(y, a1, 16);
  v128.store(y, b0, 32);
  v128.store(y, b1, 48);
  v128.store(y, c0, 64);
  v128.store(y, c1, 80);
  v128.store(y, d0, 96);
  v128.store(y, d1, 112);
  v128.store(z, a2);
  v128.store(z, a3, 16);
  v128.store(z, b2, 32);
  v128.store(z, b3, 48);
  v128.store(z, c2, 64);
  v128.store(z, c3, 80);
  v128.store(z, d2, 96);
  v128.store(z, d3, 112);
}

/**
 * One tile: y of one panel or of two (`panelsOfTile`) that lie a stride apart.
 * @param start 4 values, one for each output.
 * @param onto 1 adds what y holds.
 * @param relu 1 applies a rectifier to the result.
 */
export function product<Step>(
  list: usize,
  end: usize,
  w: usize,
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  panels: i32,
  start: usize,
  onto: i32,
  relu: i32,
): void {
  if (panels == 2) productOfTwoPanels<Step>(list, end, w, x, xStride, y, yStride, start, onto, relu);
  else productOfPanel<Step>(list, end, w, x, y, start, onto, relu);
}
