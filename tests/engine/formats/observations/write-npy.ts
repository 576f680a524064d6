// An array of float32 as NEP 1 describes it, with any header.

/** @param header instead of the one that says the truth */
export function npyOf(
  values: readonly number[] | Float32Array,
  shape: readonly number[],
  header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`,
): Uint8Array {
  const text = `${header.padEnd(117)}\n`;
  const bytes = new Uint8Array(10 + text.length + 4 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 0xff, text.length >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  const view = new DataView(bytes.buffer, 10 + text.length);
  for (const [i, value] of Array.from(values).entries()) view.setFloat32(4 * i, value, true);
  return bytes;
}
