// Register tile of the input gradients: 4 input rows × 8 samples, reduced over outputs (and the windows that saw the row).
import { fma, zero } from './simd';

/**
 * dx[4 rows][8] = (or +=) Σ over windows, over outputs: w[row][output] ⊗ dy[output][8].
 * Windows form a grid of `lines` × `columns`; w and dy move by their line and column steps from one to the next.
 * A dense layer is the case of one window.
 * @param panels output panels of w, `wStride` bytes apart; dy has their 4 outputs contiguous.
 */
export function inputGradientTile(
  w: usize,
  wStride: usize,
  wLine: isize,
  wColumn: isize,
  dy: usize,
  dyLine: usize,
  dyColumn: usize,
  panels: i32,
  lines: i32,
  columns: i32,
  dx: usize,
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
    a0 = v128.load(dx);
    a1 = v128.load(dx, 16);
    b0 = v128.load(dx, 32);
    b1 = v128.load(dx, 48);
    c0 = v128.load(dx, 64);
    c1 = v128.load(dx, 80);
    d0 = v128.load(dx, 96);
    d1 = v128.load(dx, 112);
  }
  const bytes = (<usize>panels) << 7;
  for (let line = 0; line < lines; line++) {
    let wWindow = w;
    let dyWindow = dy;
    for (let column = 0; column < columns; column++) {
      let wk = wWindow;
      const end = dyWindow + bytes;
      for (let g = dyWindow; g < end;) {
        const endOfLanes = wk + 16;
        for (let lane = wk; lane < endOfLanes; lane += 4) {
          const g0 = v128.load(g);
          const g1 = v128.load(g, 16);
          let wv = v128.load32_splat(lane);
          a0 = fma(wv, g0, a0);
          a1 = fma(wv, g1, a1);
          wv = v128.load32_splat(lane, 16);
          b0 = fma(wv, g0, b0);
          b1 = fma(wv, g1, b1);
          wv = v128.load32_splat(lane, 32);
          c0 = fma(wv, g0, c0);
          c1 = fma(wv, g1, c1);
          wv = v128.load32_splat(lane, 48);
          d0 = fma(wv, g0, d0);
          d1 = fma(wv, g1, d1);
          g += 32;
        }
        wk += wStride;
      }
      wWindow += wColumn;
      dyWindow += dyColumn;
    }
    w += wLine;
    dy += dyLine;
  }
  v128.store(dx, a0);
  v128.store(dx, a1, 16);
  v128.store(dx, b0, 32);
  v128.store(dx, b1, 48);
  v128.store(dx, c0, 64);
  v128.store(dx, c1, 80);
  v128.store(dx, d0, 96);
  v128.store(dx, d1, 112);
}

/** The same for one row: what is left when a convolution's channels are not a multiple of 4. */
export function inputGradientRow(
  w: usize,
  wStride: usize,
  wLine: isize,
  wColumn: isize,
  dy: usize,
  dyLine: usize,
  dyColumn: usize,
  panels: i32,
  lines: i32,
  columns: i32,
  dx: usize,
  accumulate: i32,
): void {
  let even0 = accumulate ? v128.load(dx) : zero();
  let even1 = accumulate ? v128.load(dx, 16) : zero();
  let odd0 = zero();
  let odd1 = zero();
  const bytes = (<usize>panels) << 7;
  for (let line = 0; line < lines; line++) {
    let wWindow = w;
    let dyWindow = dy;
    for (let column = 0; column < columns; column++) {
      let wk = wWindow;
      const end = dyWindow + bytes;
      for (let g = dyWindow; g < end; g += 128) {
        let wv = v128.load32_splat(wk);
        even0 = fma(wv, v128.load(g), even0);
        even1 = fma(wv, v128.load(g, 16), even1);
        wv = v128.load32_splat(wk, 4);
        odd0 = fma(wv, v128.load(g, 32), odd0);
        odd1 = fma(wv, v128.load(g, 48), odd1);
        wv = v128.load32_splat(wk, 8);
        even0 = fma(wv, v128.load(g, 64), even0);
        even1 = fma(wv, v128.load(g, 80), even1);
        wv = v128.load32_splat(wk, 12);
        odd0 = fma(wv, v128.load(g, 96), odd0);
        odd1 = fma(wv, v128.load(g, 112), odd1);
        wk += wStride;
      }
      wWindow += wColumn;
      dyWindow += dyColumn;
    }
    w += wLine;
    dy += dyLine;
  }
  v128.store(dx, f32x4.add(even0, odd0));
  v128.store(dx, f32x4.add(even1, odd1), 16);
}
