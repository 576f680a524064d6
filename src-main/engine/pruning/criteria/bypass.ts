import type { Criterion } from './criterion.ts';

export const bypass: Criterion = {
  id: 'bypass',
  name: 'Decisions without it',
  explanation:
    'How many decisions in the visited states become others when this layer alone gives way to its best linear stand-in.',
  formula: 'P[argmax π₋ₗ(s) ≠ argmax π(s)]; continuous: E|Δa| / range',
  needs: 'bypass',
  scoreLayer: ({ loss }) => loss,
};
