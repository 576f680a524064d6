// Many numbers at once: float32, as typed arrays between processes and as little-endian bytes to a page.
import { z } from 'zod';

export const floatsSchema = z.custom<Float32Array>((value) => value instanceof Float32Array, 'expected float32 values');

/** What `bytesOfFloats` made. */
export const floatBytesSchema = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength % Float32Array.BYTES_PER_ELEMENT === 0,
  'expected the bytes of float32 values',
);

/** The same memory; every platform that Secateur runs on is little-endian. */
export function bytesOfFloats(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A copy, since bytes that came with a message need not lie where a float may. */
export function floatsOfBytes(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}
