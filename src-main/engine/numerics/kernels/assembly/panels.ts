// Filling rows of panels: those that round a layer's features up to a multiple of 4. They are zero, always.
import { zero } from './simd';

export function clearFilling(y: usize, stride: usize, rows: i32, panels: i32): void {
  const from = (<usize>rows) << 5;
  const end = (<usize>((rows + 3) & ~3)) << 5;
  if (from == end) return;
  for (let p = 0; p < panels; p++) {
    for (let at = from; at < end; at += 16) v128.store(y + at, zero());
    y += stride;
  }
}
