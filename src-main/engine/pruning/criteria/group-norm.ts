import { incomingNorms, outgoingNorms } from './unit-norms.ts';
import type { Criterion } from './criterion.ts';

/**
 * Group importance with p = 2 (Fang et al. 2023, DepGraph): the squares of all weights that would go with the unit. The
 * division by the layer's mean, which makes it comparable across layers, is the granularity's, as for every criterion.
 */
export const groupNorm: Criterion = {
  id: 'group-norm',
  name: 'Group norm',
  explanation: 'The size of all connections that would go with a unit: those that enter it and those that leave it.',
  formula: '‖W_in‖₂² + ‖W_out‖₂²',
  needs: 'nothing',
  scoreUnits: (input) => {
    const outgoing = outgoingNorms(input, 2);
    return incomingNorms(input, 2).map((incoming, unit) => incoming ** 2 + outgoing[unit]! ** 2);
  },
};
