import { PRUNING_SHARE, type Schedule } from './schedule.ts';

/** Zhu & Gupta 2017, eq. 1: s_t = s_f + (s_0 − s_f)(1 − t)³ for the elapsed share t of the pruning phase. */
export function polynomialSparsity(elapsed: number, initial: number, target: number): number {
  return target + (initial - target) * (1 - elapsed) ** 3;
}

export const polynomial: Schedule = {
  id: 'polynomial',
  name: 'Polynomial',
  explanation: 'Fast at first, when there is much to spare, and ever slower towards the target.',
  formula: 's_t = S + (s₀ − S)(1 − t)³',
  events: ({ target, initial, updates, steps }) =>
    Array.from({ length: steps }, (_, i) => {
      const elapsed = (i + 1) / steps;
      return {
        update: Math.floor((i / steps) * PRUNING_SHARE * updates),
        sparsity: i === steps - 1 ? target : polynomialSparsity(elapsed, initial, target),
      };
    }),
};
