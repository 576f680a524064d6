// Register tile of the forward products: 4 outputs × 8 samples, 8 accumulators.
import { fma, rectify } from './simd';

/**
 * y[4][8] = start + Σ over segments, over k: w[k][4] ⊗ x[k][8].
 * A segment is `count` rows that are contiguous in both operands: a whole dense layer is one, a convolution has one per
 * kernel row. Done for `panels` panels of samples in turn, so that w stays in the first-level cache.
 * @param bias 4 values to start from, or 0 to start from y.
 * @param relu 1 applies a rectifier to the result.
 */
export function forwardTiles(
  w: usize,
  wSegment: usize,
  x: usize,
  xSegment: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  segments: i32,
  count: i32,
  bias: usize,
  relu: i32,
  panels: i32,
): void {
  const bytes = (<usize>count) << 4;
  for (let p = 0; p < panels; p++) {
    let a0: v128, a1: v128, b0: v128, b1: v128, c0: v128, c1: v128, d0: v128, d1: v128;
    if (bias != 0) {
      a0 = v128.load32_splat(bias);
      a1 = a0;
      b0 = v128.load32_splat(bias, 4);
      b1 = b0;
      c0 = v128.load32_splat(bias, 8);
      c1 = c0;
      d0 = v128.load32_splat(bias, 12);
      d1 = d0;
    } else {
      a0 = v128.load(y);
      a1 = v128.load(y, 16);
      b0 = v128.load(y, 32);
      b1 = v128.load(y, 48);
      c0 = v128.load(y, 64);
      c1 = v128.load(y, 80);
      d0 = v128.load(y, 96);
      d1 = v128.load(y, 112);
    }
    let wSeg = w;
    let xSeg = x;
    for (let s = 0; s < segments; s++) {
      let wk = wSeg;
      let xk = xSeg;
      const end = wk + bytes;
      // One row per turn: with more, the engine runs out of address registers for the splats.
      while (wk < end) {
        const x0 = v128.load(xk);
        const x1 = v128.load(xk, 16);
        let wv = v128.load32_splat(wk);
        a0 = fma(wv, x0, a0);
        a1 = fma(wv, x1, a1);
        wv = v128.load32_splat(wk, 4);
        b0 = fma(wv, x0, b0);
        b1 = fma(wv, x1, b1);
        wv = v128.load32_splat(wk, 8);
        c0 = fma(wv, x0, c0);
        c1 = fma(wv, x1, c1);
        wv = v128.load32_splat(wk, 12);
        d0 = fma(wv, x0, d0);
        d1 = fma(wv, x1, d1);
        wk += 16;
        xk += 32;
      }
      wSeg += wSegment;
      xSeg += xSegment;
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
    x += xStride;
    y += yStride;
  }
}
