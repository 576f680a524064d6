// Rows of observations, a byte per number as long as that is exact: images and grids take a quarter of the memory.
import { ForeignStateError, restoreArray, type SavedState } from '../saved-state.ts';

/** Begins with bytes, and turns to floats for good with the first number that is no integer from 0 to 255. */
export class ObservationStore {
  readonly #width: number;
  #values: Uint8Array | Float32Array;

  constructor({ rows, width }: { rows: number; width: number }) {
    this.#width = width;
    this.#values = new Uint8Array(rows * width);
  }

  /** Stores row `fromRow` of a batch as row `row`. */
  write(row: number, from: Float32Array, fromRow: number): void {
    const width = this.#width;
    const source = fromRow * width;
    const target = row * width;
    let values = this.#values;
    for (let i = 0; i < width; i++) {
      values[target + i] = from[source + i]!;
      if (values[target + i] !== from[source + i]!) {
        if (values instanceof Float32Array) continue; // NaN
        this.#values = values = Float32Array.from(values);
        i--;
      }
    }
  }

  /** Copies row `row` to row `toRow` of a batch. */
  read(row: number, to: Float32Array, toRow: number): void {
    const width = this.#width;
    const values = this.#values;
    const source = row * width;
    const target = toRow * width;
    for (let i = 0; i < width; i++) to[target + i] = values[source + i]!;
  }

  /** A view of the first rows. */
  first(rows: number): Uint8Array | Float32Array {
    return this.#values.subarray(0, rows * this.#width);
  }

  /** @throws ForeignStateError */
  load(state: SavedState, name: string, rows: number): void {
    const saved = state.arrays[name];
    if (saved === undefined) throw new ForeignStateError(name, 'is missing');
    const bytes = saved instanceof Uint8Array;
    if (bytes !== this.#values instanceof Uint8Array) {
      const { length } = this.#values;
      this.#values = bytes ? new Uint8Array(length) : new Float32Array(length);
    }
    restoreArray(this.#values, state, name, rows * this.#width);
  }
}
