import { outgoingNorms } from './unit-norms.ts';
import type { Criterion } from './criterion.ts';

export const l2: Criterion = {
  id: 'l2',
  name: 'L2 magnitude',
  explanation: 'Like L1, but a unit with one strong connection outranks one with many weak ones.',
  formula: 'w²; for a unit ‖W_out‖₂',
  needs: 'nothing',
  scoreWeights: ({ kernel }) => kernel.map((weight) => weight * weight),
  scoreUnits: (input) => outgoingNorms(input, 2),
};
