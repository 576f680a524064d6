import type { Criterion } from './criterion.ts';

/** Sanh et al. 2020, eq. 5. On the loss of the recovery, with inputs as it sees them: standardised. */
export const movement: Criterion = {
  id: 'movement',
  name: 'Movement',
  explanation:
    'Whether recovery moves a weight away from zero (keep) or towards it; it prunes after a first stretch of updates.',
  formula: '−Σ_t w_t·∂L/∂w_t',
  needs: 'movement',
  scoreWeights: ({ movement: sums }) => sums!.slice(),
};
