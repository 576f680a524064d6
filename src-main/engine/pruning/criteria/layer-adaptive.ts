// The normalisation that makes magnitudes of different layers comparable.

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

/**
 * Layer-adaptive magnitude (Lee et al. 2021, eq. 5): m² over the sum of the squares in the layer that are not smaller.
 * Equal magnitudes score alike. Ranks weights across layers without any allocation: the largest of every layer scores
 * 1 (if it is the only one of its size) and is kept to the last.
 * @param magnitudes of one layer, ≥ 0
 * @param mask 0 where already pruned: those are not part of any sum
 */
export function layerAdaptive(magnitudes: Float32Array, mask: Uint8Array | undefined): Float32Array {
  const square = (m: number): number => m * m;
  const left = magnitudes.filter((_, i) => mask?.[i] !== 0);
  const ascending = Float64Array.from(left, square).sort();
  const notSmaller = new Float64Array(ascending.length);
  let sum = 0;
  for (let rank = ascending.length - 1; rank >= 0; rank--) {
    sum += ascending[rank]!;
    notSmaller[rank] = sum;
  }
  return magnitudes.map((m, i) =>
    m === 0 || mask?.[i] === 0 ? 0 : square(m) / notSmaller[lowerBound(ascending, square(m))]!,
  );
}
