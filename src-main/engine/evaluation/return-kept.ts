// When a pruned agent keeps enough of the return.
import { keptShare, type ReturnPair } from '../../contract/kept-share.ts';

/** "Without making it worse": what the literature calls feasible, 95 % of the return. */
export const DEFAULT_KEEP = 0.95;

/** The acceptance rule: the pruned agent keeps at least the share `keep`. */
export function keepsReturn(pair: ReturnPair, keep = DEFAULT_KEEP): boolean {
  return keptShare(pair) >= keep;
}

export interface PruningPoint {
  /** Share of the weights or units removed. */
  readonly sparsity: number;
  readonly keptShare: number;
}

/** The feasible pruning rate: the largest sparsity that keeps the share `keep`; null when none does. */
export function feasiblePruningRate(points: readonly PruningPoint[], keep = DEFAULT_KEEP): number | null {
  const feasible = points.filter((point) => point.keptShare >= keep).map((point) => point.sparsity);
  return feasible.length === 0 ? null : Math.max(...feasible);
}
