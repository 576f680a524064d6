// Two affine maps, one after the other, as one: what layers without a non-linearity between them come down to.

export interface AffineMap {
  /** [inputs, outputs] */
  readonly kernel: Float32Array;
  /** [outputs] */
  readonly bias: Float32Array;
}

/**
 * (x·A + c)·W + b = x·(A·W) + (c·W + b), computed in double precision.
 * @param first A and c
 * @param second W and b; it reads as many numbers as the first puts out
 */
export function composeAffine(first: AffineMap, second: AffineMap): AffineMap {
  const [units, outputs] = [first.bias.length, second.bias.length];
  const inputs = first.kernel.length / units;
  const product = new Float64Array(inputs * outputs);
  const bias = Float64Array.from(second.bias);
  first.bias.forEach((offset, k) => {
    for (let j = 0; j < outputs; j++) bias[j]! += offset * second.kernel[k * outputs + j]!;
  });
  for (let i = 0; i < inputs; i++) {
    for (let k = 0; k < units; k++) {
      const weight = first.kernel[i * units + k]!;
      if (weight === 0) continue;
      for (let j = 0; j < outputs; j++) product[i * outputs + j]! += weight * second.kernel[k * outputs + j]!;
    }
  }
  return { kernel: Float32Array.from(product), bias: Float32Array.from(bias) };
}
