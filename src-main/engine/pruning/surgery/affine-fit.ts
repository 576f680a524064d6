// The best affine stand-in for what a layer computes: least squares, held back a little where the data say nothing.

/** Of the variance of an input, which counts as 1: enough for inputs that repeat each other, far too little to be seen. */
const RIDGE = 1e-4;

/** Of single precision: what varies less than this share of its mean does not vary. */
const ROUNDING = 1e-6;

/** L with L·Lᵀ = A, in place of the lower half of A [size, size], which is positive definite. */
function cholesky(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * size + k]! * a[j * size + k]!;
      a[i * size + j] = i === j ? Math.sqrt(sum) : sum / a[j * size + j]!;
    }
  }
}

/** Solves L·Lᵀ·X = B in place of B [size, columns]. */
function solve(l: Float64Array, size: number, b: Float64Array, columns: number): void {
  const eliminate = (row: number, other: number, factor: number): void => {
    for (let c = 0; c < columns; c++) b[row * columns + c]! -= factor * b[other * columns + c]!;
  };
  const divide = (row: number): void => {
    for (let c = 0; c < columns; c++) b[row * columns + c]! /= l[row * size + row]!;
  };
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) eliminate(i, k, l[i * size + k]!);
    divide(i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) eliminate(i, k, l[k * size + i]!);
    divide(i);
  }
}

/** The columns of [rows, size] less their means, over their deviations; a column that never changes becomes zero. */
function standardized(
  values: Float32Array,
  size: number,
): { z: Float64Array; mean: Float64Array; deviation: Float64Array } {
  const rows = values.length / size;
  const mean = new Float64Array(size);
  const deviation = new Float64Array(size);
  values.forEach((value, i) => (mean[i % size]! += value / rows));
  values.forEach((value, i) => (deviation[i % size]! += (value - mean[i % size]!) ** 2 / rows));
  deviation.forEach((variance, i) => {
    const root = Math.sqrt(variance);
    deviation[i] = root > ROUNDING * Math.abs(mean[i]!) ? root : 0;
  });
  const z = Float64Array.from(values, (value, i) => {
    const column = i % size;
    return deviation[column]! > 0 ? (value - mean[column]!) / deviation[column]! : 0;
  });
  return { z, mean, deviation };
}

/**
 * Ridge regression (Hoerl & Kennard 1970) on standardised inputs z = (x − x̄)/s: with Y centred,
 *   B = (ZᵀZ + λnI)⁻¹ ZᵀY,  A = diag(1/s)·B,  c = ȳ − x̄·A,
 * so that x·A + c is nearest to y in the mean square.
 * @param inputs [rows, inputSize]
 * @param outputs [rows, outputSize]
 * @returns kernel A [inputSize, outputSize] and bias c
 */
export function affineFit(what: {
  readonly inputs: Float32Array;
  readonly inputSize: number;
  readonly outputs: Float32Array;
  readonly outputSize: number;
}): { kernel: Float32Array; bias: Float32Array } {
  const { inputs, inputSize, outputs, outputSize } = what;
  const rows = inputs.length / inputSize;
  const { z, mean, deviation } = standardized(inputs, inputSize);
  const outputMean = new Float64Array(outputSize);
  outputs.forEach((value, i) => (outputMean[i % outputSize]! += value / rows));

  const gram = new Float64Array(inputSize * inputSize);
  const b = new Float64Array(inputSize * outputSize);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inputSize; i++) {
      const zi = z[row * inputSize + i]!;
      if (zi === 0) continue;
      for (let j = 0; j <= i; j++) gram[i * inputSize + j]! += zi * z[row * inputSize + j]!;
      for (let j = 0; j < outputSize; j++) {
        b[i * outputSize + j]! += zi * (outputs[row * outputSize + j]! - outputMean[j]!);
      }
    }
  }
  for (let i = 0; i < inputSize; i++) gram[i * inputSize + i]! += RIDGE * rows;
  cholesky(gram, inputSize);
  solve(gram, inputSize, b, outputSize);

  const bias = outputMean;
  const kernel = b.map((value, i) => {
    const input = Math.floor(i / outputSize);
    const weight = deviation[input]! > 0 ? value / deviation[input]! : 0;
    bias[i % outputSize]! -= mean[input]! * weight;
    return weight;
  });
  return { kernel: Float32Array.from(kernel), bias: Float32Array.from(bias) };
}
