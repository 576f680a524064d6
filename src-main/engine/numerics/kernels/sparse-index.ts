// Which weights of a kernel live, in the orders in which assembly/sparse.ts visits them.
import { roundUpTo4 } from './memory-layout.ts';
import type { ParameterLayout } from './parameter-layout.ts';
import type { Storage } from './storage.ts';

/**
 * The index of a masked kernel. Weights are listed unit by unit, and each unit's list is filled up with zero weights to a
 * multiple of 4; then once more row by row in the same manner.
 */
export interface SparseIndex {
  /** By unit, one more than there are (rounded up to 4): bytes into the weights where its list starts. */
  readonly starts: Int32Array;
  /** By unit: where its weights end and filling begins. */
  readonly ends: Int32Array;
  /** By weight: its row, as bytes into a panel of 8 samples. */
  readonly offsets: Int32Array;
  /** The same by row. */
  readonly rowStarts: Int32Array;
  /** By weight in row order: its unit, as bytes into a panel. */
  readonly rowOffsets: Int32Array;
  /** By weight in row order: bytes into the weights in unit order. Filling points behind all of them, at a zero. */
  readonly order: Int32Array;
  /** By weight: its index in the plain kernel, −1 for filling. */
  readonly places: Int32Array;
}

interface Lists {
  /** In items; one more than there are lists. */
  readonly starts: number[];
  readonly ends: number[];
  /** Filling repeats −1. */
  readonly items: number[];
}

/** Lists of the indices that pass, each filled up to a multiple of 4. */
function listLiving(lists: number, length: number, lives: (list: number, item: number) => boolean): Lists {
  const starts = [0];
  const ends: number[] = [];
  const items: number[] = [];
  for (let list = 0; list < lists; list++) {
    for (let item = 0; item < length; item++) if (lives(list, item)) items.push(item);
    ends.push(items.length);
    while (items.length % 4 !== 0) items.push(-1);
    starts.push(items.length);
  }
  return { starts, ends, items };
}

/** Starts of lists rounded up to 4, the additional ones empty; in bytes. */
function startBytes(starts: readonly number[]): Int32Array {
  const padded = new Int32Array(roundUpTo4(starts.length - 1) + 1).fill(starts.at(-1)! * 4);
  starts.forEach((start, i) => (padded[i] = start * 4));
  return padded;
}

const PANEL_ROW_BYTES = 32;

/** @param mask [rows, columns], 0 prunes. */
export function buildSparseIndex({ rows, columns }: ParameterLayout, mask: Uint8Array): SparseIndex {
  const byUnit = listLiving(columns, rows, (unit, row) => mask[row * columns + unit] !== 0);
  const byRow = listLiving(rows, columns, (row, unit) => mask[row * columns + unit] !== 0);
  const places = new Int32Array(byUnit.items.length).fill(-1);
  /** Plain index → bytes into the weights. */
  const position = new Int32Array(mask.length);
  for (let unit = 0; unit < columns; unit++) {
    for (let at = byUnit.starts[unit]!; at < byUnit.ends[unit]!; at++) {
      places[at] = byUnit.items[at]! * columns + unit;
      position[places[at]!] = at * 4;
    }
  }
  const order = new Int32Array(byRow.items.length).fill(places.length * 4);
  for (let row = 0; row < rows; row++) {
    for (let at = byRow.starts[row]!; at < byRow.ends[row]!; at++) {
      order[at] = position[row * columns + byRow.items[at]!]!;
    }
  }
  const panelOffsets = (items: readonly number[]): Int32Array =>
    Int32Array.from(items, (item) => Math.max(item, 0) * PANEL_ROW_BYTES);
  return {
    starts: startBytes(byUnit.starts),
    ends: Int32Array.from(byUnit.ends, (end) => end * 4),
    offsets: panelOffsets(byUnit.items),
    rowStarts: startBytes(byRow.starts),
    rowOffsets: panelOffsets(byRow.items),
    order,
    places,
  };
}

/** Only the weights that live, in the order of an index, and a zero behind them. */
export function sparseStorage({ places }: SparseIndex): Storage {
  return {
    bytes: Math.ceil((places.length + 4) / 8) * 32,
    pack: (values, packed) => {
      for (let at = 0; at < places.length; at++) packed[at] = places[at]! < 0 ? 0 : values[places[at]!]!;
      packed.fill(0, places.length);
    },
    unpack: (packed, values) => {
      values.fill(0);
      for (let at = 0; at < places.length; at++) if (places[at]! >= 0) values[places[at]!] = packed[at]!;
    },
  };
}
