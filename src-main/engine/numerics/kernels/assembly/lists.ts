// Lists of the rows of a dense layer's values that are not zero in all samples of a tile: behind a rectifier many are, and
// a product with them is left out. A weight that is not finite shows itself only where its row is not zero.
import { enter, ENTRY, panelsOfTile } from './product-tile';

/** Rows that are listed at a time: 4 outputs' weights of so many fill a quarter of a first-level cache. */
export const BLOCK: i32 = 512;

/** Bytes from one tile's list to the next: where it ends, and its entries. */
export const LIST_BYTES: usize = 8 + <usize>BLOCK * ENTRY;

export function entriesOf(list: usize): usize {
  return list + 8;
}

export function endOf(list: usize): usize {
  return load<usize>(list);
}

/** Whether a row has anything but zeros in one panel or two. */
function lives(row: usize, xStride: usize, panels: i32): bool {
  let bits = v128.or(v128.load(row), v128.load(row, 16));
  if (panels == 2) bits = v128.or(bits, v128.or(v128.load(row + xStride), v128.load(row + xStride, 16)));
  return v128.any_true(i32x4.shl(bits, 1)); // −0 is zero as well
}

/**
 * One list per tile of samples, from `lists` on.
 * @param rows at most BLOCK, a multiple of 4 or followed by rows of zeros.
 * @param wFour bytes from the weights of 4 rows to those of the next 4; `wRow`, from one row's to the next.
 */
export function listRows(
  lists: usize,
  x: usize,
  xStride: usize,
  panels: i32,
  rows: i32,
  wFour: usize,
  wRow: usize,
): void {
  for (let p = 0; p < panels;) {
    const together = panelsOfTile(panels - p);
    let end = entriesOf(lists);
    const bytes = (<usize>rows) << 5;
    let w: usize = 0;
    for (let four: usize = 0; four < bytes; four += 128) {
      for (let i: usize = 0; i < 4; i++) {
        const row = four + (i << 5);
        enter(end, row, w + i * wRow);
        end += lives(x + row, xStride, together) ? ENTRY : 0; // written first and counted then: no branch to mispredict
      }
      w += wFour;
    }
    store<usize>(lists, end);
    lists += LIST_BYTES;
    x += <usize>together * xStride;
    p += together;
  }
}
