import type { Criterion } from './criterion.ts';

/**
 * Sokar et al. 2023, definition 3.1: s_u = E|h_u| / mean_v E|h_v|, dormant where s_u ≤ τ. The division is the
 * granularity's, as for every criterion, so a threshold of τ removes exactly the dormant units.
 */
export const dormancy: Criterion = {
  id: 'dormancy',
  name: 'Dormancy',
  explanation:
    'How loud a unit is beside the others of its layer; a threshold of 0.025 removes what is called dormant.',
  formula: 'E|h_u| / mean_v E|h_v|',
  needs: 'activations',
  scoreUnits: ({ outputs }) => outputs!.meanMagnitude.slice(),
};
