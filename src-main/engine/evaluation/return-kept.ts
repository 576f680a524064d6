// The measure that pruning answers to: the share of the dense agent's return that a pruned one keeps.

/** "Without making it worse": what the literature calls feasible, 95 % of the return. */
export const DEFAULT_KEEP = 0.95;

export interface ReturnPair {
  /** Mean return of the dense agent. */
  readonly dense: number;
  /** Mean return of the pruned agent, on the same seeds. */
  readonly pruned: number;
  /** `EnvironmentDefinition.worstReturn`: 0 where returns are never negative, else the worst that counts. */
  readonly worst: number;
}

/**
 * (pruned − worst) / (dense − worst). Above 1 when pruning helped; 0 for the worst possible return. A dense agent
 * that is itself no better than the worst has nothing to lose: 1 unless the pruned one is worse still.
 */
export function keptShare({ dense, pruned, worst }: ReturnPair): number {
  if (dense <= worst) return pruned >= dense ? 1 : 0;
  return (pruned - worst) / (dense - worst);
}

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
