// Register tiles of the weight gradients: 4 input rows × 8 or 16 outputs, reduced over samples (and image positions).
import { fma, storeTransposed, wideTiles, zero } from './simd';

/** Where a tile's sums go: [4 rows][`tileOutputs`]. */
export const SUMS: usize = memory.data(256, 64);

/** Outputs of one tile, of `left` that there are. */
export function outputsOfTile(left: i32): i32 {
  return wideTiles && left > 8 ? 16 : 8;
}

/**
 * Of one panel, 4 rows of 8 samples → 8 samples of 4 rows, `step` bytes from sample to sample, so that the reduction over
 * samples reads contiguous memory.
 */
export function transposeRows(a: usize, b: usize, c: usize, d: usize, to: usize, step: usize): void {
  for (let lanes: usize = 0; lanes < 32; lanes += 16) {
    storeTransposed(
      v128.load(a + lanes),
      v128.load(b + lanes),
      v128.load(c + lanes),
      v128.load(d + lanes),
      to + (lanes >> 2) * step,
      step,
    );
  }
}

function sumOfEight(x: usize, xLine: usize, xSegment: usize, t: usize, lines: i32, segments: i32): void {
  let a0 = zero(),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
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
  v128.store(SUMS, a0);
  v128.store(SUMS, a1, 16);
  v128.store(SUMS, b0, 32);
  v128.store(SUMS, b1, 48);
  v128.store(SUMS, c0, 64);
  v128.store(SUMS, c1, 80);
  v128.store(SUMS, d0, 96);
  v128.store(SUMS, d1, 112);
}

function sumOfSixteen(x: usize, xLine: usize, xSegment: usize, t: usize, lines: i32, segments: i32): void {
  let a0 = zero(),
    a1 = a0,
    a2 = a0,
    a3 = a0,
    b0 = a0,
    b1 = a0,
    b2 = a0,
    b3 = a0,
    c0 = a0,
    c1 = a0,
    c2 = a0,
    c3 = a0,
    d0 = a0,
    d1 = a0,
    d2 = a0,
    d3 = a0;
  for (let line = 0; line < lines; line++) {
    let xs = x;
    for (let s = 0; s < segments; s++) {
      const end = xs + 32;
      for (let lane = xs; lane < end; lane += 4) {
        const t0 = v128.load(t);
        const t1 = v128.load(t, 16);
        const t2 = v128.load(t, 32);
        const t3 = v128.load(t, 48);
        let xv = v128.load32_splat(lane);
        a0 = fma(xv, t0, a0);
        a1 = fma(xv, t1, a1);
        a2 = fma(xv, t2, a2);
        a3 = fma(xv, t3, a3);
        xv = v128.load32_splat(lane, 32);
        b0 = fma(xv, t0, b0);
        b1 = fma(xv, t1, b1);
        b2 = fma(xv, t2, b2);
        b3 = fma(xv, t3, b3);
        xv = v128.load32_splat(lane, 64);
        c0 = fma(xv, t0, c0);
        c1 = fma(xv, t1, c1);
        c2 = fma(xv, t2, c2);
        c3 = fma(xv, t3, c3);
        xv = v128.load32_splat(lane, 96);
        d0 = fma(xv, t0, d0);
        d1 = fma(xv, t1, d1);
        d2 = fma(xv, t2, d2);
        d3 = fma(xv, t3, d3);
        t += 64;
      }
      xs += xSegment;
    }
    x += xLine;
  }
  v128.store(SUMS, a0);
  v128.store(SUMS, a1, 16);
  v128.store(SUMS, a2, 32);
  v128.store(SUMS, a3, 48);
  v128.store(SUMS, b0, 64);
  v128.store(SUMS, b1, 80);
  v128.store(SUMS, b2, 96);
  v128.store(SUMS, b3, 112);
  v128.store(SUMS, c0, 128);
  v128.store(SUMS, c1, 144);
  v128.store(SUMS, c2, 160);
  v128.store(SUMS, c3, 176);
  v128.store(SUMS, d0, 192);
  v128.store(SUMS, d1, 208);
  v128.store(SUMS, d2, 224);
  v128.store(SUMS, d3, 240);
}

/**
 * SUMS[4 rows][outputs] = Σ over lines, segments, 8 samples: x[row] ⊗ t[sample][outputs].
 * t is contiguous; x moves by `xSegment` after each segment and by `xLine` after each line.
 * @param outputs as `outputsOfTile` says.
 */
export function weightGradientTile(
  x: usize,
  xLine: usize,
  xSegment: usize,
  t: usize,
  lines: i32,
  segments: i32,
  outputs: i32,
): void {
  if (outputs == 16) sumOfSixteen(x, xLine, xSegment, t, lines, segments);
  else sumOfEight(x, xLine, xSegment, t, lines, segments);
}

/** SUMS → (or added to) the first `rows` rows of one output panel of dw. @param output of the tile, a multiple of 4. */
export function storeSums(output: i32, outputs: i32, dw: usize, rows: i32, accumulate: i32): void {
  let from = SUMS + ((<usize>output) << 2);
  for (let row = 0; row < rows; row++) {
    const sum = v128.load(from);
    v128.store(dw, accumulate ? f32x4.add(v128.load(dw), sum) : sum);
    dw += 16;
    from += (<usize>outputs) << 2;
  }
}
