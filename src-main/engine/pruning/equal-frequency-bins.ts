// Quantile bins: how continuous values become labels that can be counted.

/**
 * The bin of every value, an integer in [0, bins): bins are cut at the quantiles k/bins, so that without ties all are
 * equally full; equal values always share a bin.
 */
export function equalFrequencyBins(values: Float32Array, bins: number): Int32Array {
  const ascending = values.slice().sort();
  const edges = Array.from({ length: bins - 1 }, (_, k) => ascending[Math.floor(((k + 1) * values.length) / bins)]!);
  return Int32Array.from(values, (value) => edges.reduce((bin, edge) => bin + (value >= edge ? 1 : 0), 0));
}
