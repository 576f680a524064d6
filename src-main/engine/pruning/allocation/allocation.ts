// How much each layer keeps of a total: elements are weights, or units, whatever the granularity counts.
import { SecateurError } from '../../../contract/secateur-error.ts';

/** Of the return of the dense policy, the share that is lost when a layer alone loses a share of its elements. */
export type SensitivityCurve = readonly { readonly sparsity: number; readonly lost: number }[];

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
  /** Of every element, whatever the criterion: |w|, or ‖w‖₂ of what enters a unit. There for who needs it. */
  readonly magnitudes?: Float32Array;
  /** In ascending order of sparsity. There for who needs it. */
  readonly sensitivity?: SensitivityCurve;
}

/** An allocation is asked without what it looks at. */
export class MissingAllocationDataError extends SecateurError {
  readonly kind = 'internal';

  constructor(allocation: string, needs: Allocation['needs'], layer: string) {
    super(
      `the allocation "${allocation}" needs ${needs}, but was given none of "${layer}"`,
      'Use `pruneTo` for magnitudes, and `withSensitivity` for what was measured.',
    );
  }
}

export interface Allocation {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly formula: string;
  /** What it looks at beside sizes, shapes and scores; `sensitivity` is measured by playing. */
  readonly needs: 'nothing' | 'magnitudes' | 'sensitivity';
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

/** The layer behind an entry: weights are pruned by the kernel, units by the layer. */
export const layerOf = ({ name }: Pick<AllocationLayer, 'name'>): string => name.replace(/\/kernel$/, '');

/** The count within what the layer can and must keep. */
export function clampKept(layer: AllocationLayer, kept: number): number {
  return Math.max(Math.min(kept, layer.size), Math.min(layer.minimum, layer.size));
}
