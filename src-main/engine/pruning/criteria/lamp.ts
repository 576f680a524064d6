import type { Criterion } from './criterion.ts';

/**
 * Layer-adaptive magnitude (Lee et al. 2021, eq. 5): w² over the sum of the squares in its layer that are not smaller.
 * Equal weights score alike. Ranks weights across layers without any allocation: the largest of every layer scores 1 and is kept to the last.
 */
function lampScores(kernel: Float32Array, mask: Uint8Array | undefined): Float32Array {
  const square = (w: number): number => w * w;
  const ascending = Float64Array.from(
    kernel.filter((_, i) => mask?.[i] !== 0),
    square,
  ).sort();
  const notSmaller = new Float64Array(ascending.length);
  let sum = 0;
  for (let rank = ascending.length - 1; rank >= 0; rank--) {
    sum += ascending[rank]!;
    notSmaller[rank] = sum;
  }
  return kernel.map((w) => (w === 0 ? 0 : square(w) / notSmaller[lowerBound(ascending, square(w))]!));
}

/** The first index whose value is not below `value`, in an ascending array. */
function lowerBound(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const lamp: Criterion = {
  id: 'lamp',
  name: 'LAMP',
  explanation: 'Magnitude relative to what is left of the layer, so that small layers are not emptied first.',
  formula: 'w² / Σ {v² : v in the same layer, |v| ≥ |w|}',
  scoreWeights: ({ kernel, mask }) => lampScores(kernel, mask),
};
