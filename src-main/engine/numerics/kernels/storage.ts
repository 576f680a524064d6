// How the values of a parameter lie in memory: all of them in panels, or only those that a mask leaves.

/** Moves values between a plain row-major array and the kernels' memory. */
export interface Storage {
  /** A multiple of 32; what is not a value is zero. */
  readonly bytes: number;
  /** @param packed a view on `bytes` bytes */
  pack(values: Float32Array, packed: Float32Array): void;
  unpack(packed: Float32Array, values: Float32Array): void;
}
