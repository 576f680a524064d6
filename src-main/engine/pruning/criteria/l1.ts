import { outgoingNorms } from './unit-norms.ts';
import type { Criterion } from './criterion.ts';

export const l1: Criterion = {
  id: 'l1',
  name: 'L1 magnitude',
  explanation: 'Weights near zero add little to any output, so the smallest go first.',
  formula: '|w|; for a unit ‖W_out‖₁',
  needs: 'nothing',
  scoreWeights: ({ kernel }) => kernel.map(Math.abs),
  scoreUnits: (input) => outgoingNorms(input, 1),
};
