// Signed numbers laid out on a plane of cells.

export interface HeatGrid {
  /** Cells. */
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
  /** Where the number of a cell inside of the grid is; −1 for a gap between parts. */
  indexAt(column: number, row: number): number;
}

/**
 * The magnitude at which colours end: most numbers lie below, and the few largest do not make all others pale.
 * @param share of the numbers that are not zero, looked at in a sample of at most `most`
 */
export function colourLimit(values: Float32Array, share = 0.98, most = 50_000): number {
  const stride = Math.max(1, Math.floor(values.length / most));
  const magnitudes: number[] = [];
  for (let i = 0; i < values.length; i += stride) {
    const magnitude = Math.abs(values[i]!);
    if (magnitude > 0) magnitudes.push(magnitude);
  }
  if (magnitudes.length === 0) return 1;
  return magnitudes.sort((a, b) => a - b)[Math.floor(share * (magnitudes.length - 1))]!;
}
