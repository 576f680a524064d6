// How much each layer keeps of a total: elements are weights, or units, whatever the granularity counts.

export interface AllocationLayer {
  readonly name: string;
  /** Elements that could go. */
  readonly size: number;
  /** Dimensions of the kernel behind them, for allocations that go by shape. */
  readonly shape: readonly number[];
  /** Elements that have to stay whatever the target: no layer is ever emptied. */
  readonly minimum: number;
  /** Score of every element, larger = keep; −Infinity for what is already pruned. */
  readonly scores: Float32Array;
}

export interface Allocation {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly formula: string;
  /**
   * How many elements each layer keeps: between its minimum and its size, Σ ≈ (1 − sparsity) · Σ size.
   * @param sparsity share of all elements to prune, in [0, 1)
   */
  readonly keep: (layers: readonly AllocationLayer[], sparsity: number) => number[];
}

/** For products that are integers but come out just below: 0.29 · 100 = 28.999999999999996. */
const ROUNDING = 1e-9;

/** n·(1 − sparsity) elements kept: zeros = floor(S·n), as in jaxpruner. */
export function keptCount(size: number, sparsity: number): number {
  return size - Math.floor(sparsity * size + ROUNDING);
}

/** The count within what the layer can and must keep. */
export function clampKept(layer: AllocationLayer, kept: number): number {
  return Math.max(Math.min(kept, layer.size), Math.min(layer.minimum, layer.size));
}
