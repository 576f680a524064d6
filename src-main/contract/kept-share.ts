// The measure that pruning answers to: the share of the dense agent's return that a pruned one keeps.

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
