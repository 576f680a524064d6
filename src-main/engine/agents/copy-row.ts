/** Copies one row of a matrix; unlike `set(subarray)` it makes no garbage. */
export function copyRow(from: Float32Array, fromRow: number, to: Float32Array, toRow: number, width: number): void {
  const source = fromRow * width;
  const target = toRow * width;
  for (let i = 0; i < width; i++) to[target + i] = from[source + i]!;
}
