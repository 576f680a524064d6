import type { Criterion } from './criterion.ts';

/** Hu et al. 2016, eq. 1. A unit whose activation is never exactly zero (tanh, sigmoid) scores 1. */
export const apoz: Criterion = {
  id: 'apoz',
  name: 'APoZ',
  explanation: 'The share of visited states in which a ReLU unit is active at all.',
  formula: '1 − P(h = 0)',
  needs: 'activations',
  scoreUnits: ({ outputs }) => outputs!.activeShare.slice(),
};
