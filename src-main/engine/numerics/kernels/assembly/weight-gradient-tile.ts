// Register tile of the weight gradients: 4 input rows × 8 outputs, reduced over samples (and image positions).
import { fma, rowIf, storeTransposed, zero } from './simd';

/**
 * 8 rows of 8 samples → 8 samples of 8 rows, so that the reduction over samples reads contiguous memory.
 * @param valid rows that exist; the others become zero.
 */
export function transposePanel(from: usize, valid: i32, to: usize): void {
  for (let half: usize = 0; half < 2; half++) {
    const row = <i32>half * 4;
    const source = from + half * 128;
    for (let lanes: usize = 0; lanes < 32; lanes += 16) {
      storeTransposed(
        rowIf(valid > row, source + lanes),
        rowIf(valid > row + 1, source + lanes + 32),
        rowIf(valid > row + 2, source + lanes + 64),
        rowIf(valid > row + 3, source + lanes + 96),
        to + half * 16 + lanes * 8,
        32,
      );
    }
  }
}

/**
 * dw[4 rows][4 + 4 outputs] = (or +=) Σ over lines, segments, 8 samples: x[row] ⊗ t[sample][8 outputs].
 * t is contiguous; x moves by `xSegment` after each segment and by `xLine` after each line.
 * @param first, second the two output panels of dw; 0 when there is no second.
 */
export function weightGradientTile(
  x: usize,
  xLine: usize,
  xSegment: usize,
  t: usize,
  lines: i32,
  segments: i32,
  first: usize,
  second: usize,
  accumulate: i32,
): void {
  let a0 = zero(),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  if (accumulate) {
    a0 = v128.load(first);
    b0 = v128.load(first, 16);
    c0 = v128.load(first, 32);
    d0 = v128.load(first, 48);
    if (second) {
      a1 = v128.load(second);
      b1 = v128.load(second, 16);
      c1 = v128.load(second, 32);
      d1 = v128.load(second, 48);
    }
  }
  for (let line = 0; line < lines; line++) {
    let xs = x;
    for (let s = 0; s < segments; s++) {
      const end = xs + 32;
      for (let lane = xs; lane < end; lane += 4) {
        const t0 = v128.load(t);
        const t1 = v128.load(t, 16);
        let xv = v128.load32_splat(lane);
        a0 = fma(xv, t0, a0);
        a1 = fma(xv, t1, a1);
        xv = v128.load32_splat(lane, 32);
        b0 = fma(xv, t0, b0);
        b1 = fma(xv, t1, b1);
        xv = v128.load32_splat(lane, 64);
        c0 = fma(xv, t0, c0);
        c1 = fma(xv, t1, c1);
        xv = v128.load32_splat(lane, 96);
        d0 = fma(xv, t0, d0);
        d1 = fma(xv, t1, d1);
        t += 32;
      }
      xs += xSegment;
    }
    x += xLine;
  }
  v128.store(first, a0);
  v128.store(first, b0, 16);
  v128.store(first, c0, 32);
  v128.store(first, d0, 48);
  if (second) {
    v128.store(second, a1);
    v128.store(second, b1, 16);
    v128.store(second, c1, 32);
    v128.store(second, d1, 48);
  }
}

/** The same for one row: what is left when a convolution's rows are not a multiple of 4. */
export function weightGradientRow(
  x: usize,
  xLine: usize,
  xSegment: usize,
  t: usize,
  lines: i32,
  segments: i32,
  first: usize,
  second: usize,
): void {
  let even0 = v128.load(first);
  let even1 = second ? v128.load(second) : zero();
  let odd0 = zero();
  let odd1 = zero();
  for (let line = 0; line < lines; line++) {
    let xs = x;
    for (let s = 0; s < segments; s++) {
      for (let lane: usize = 0; lane < 32; lane += 8) {
        let xv = v128.load32_splat(xs + lane);
        even0 = fma(xv, v128.load(t), even0);
        even1 = fma(xv, v128.load(t, 16), even1);
        xv = v128.load32_splat(xs + lane, 4);
        odd0 = fma(xv, v128.load(t, 32), odd0);
        odd1 = fma(xv, v128.load(t, 48), odd1);
        t += 64;
      }
      xs += xSegment;
    }
    x += xLine;
  }
  v128.store(first, f32x4.add(even0, odd0));
  if (second) v128.store(second, f32x4.add(even1, odd1));
}
