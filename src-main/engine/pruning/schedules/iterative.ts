import { PRUNING_SHARE, type Schedule } from './schedule.ts';

/** After round k of n the density has fallen by the k-th power of one constant factor (Frankle & Carbin 2019). */
export function iterativeSparsity(round: number, rounds: number, initial: number, target: number): number {
  return 1 - (1 - initial) * ((1 - target) / (1 - initial)) ** (round / rounds);
}

export const iterative: Schedule = {
  id: 'iterative',
  name: 'Iterative',
  explanation: 'Every round removes the same share of what is left, and heals before the next.',
  formula: 's_k = 1 − (1 − s₀) · ((1 − S)/(1 − s₀))^(k/n)',
  events: ({ target, initial, updates, steps }) =>
    Array.from({ length: steps }, (_, i) => ({
      update: Math.floor((i / steps) * PRUNING_SHARE * updates),
      sparsity: i === steps - 1 ? target : iterativeSparsity(i + 1, steps, initial, target),
    })),
};
