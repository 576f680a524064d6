import type { Criterion } from './criterion.ts';

/** Molchanov et al. 2017, §2.2, with the magnitude taken state by state, of a weight as of a unit. */
export const taylor: Criterion = {
  id: 'taylor',
  name: 'Taylor',
  explanation: 'How much the loss would change in an average state, to first order, if the weight or unit were zero.',
  formula: 'E|w·∂ℓ/∂w|; for a unit E|h·∂ℓ/∂h|; ℓ = −ln π(a*)',
  needs: 'gradients',
  scoreWeights: ({ kernel, gradients }) => kernel.map((w, i) => Math.abs(w) * gradients!.meanMagnitude[i]!),
  scoreUnits: ({ gradients }) => gradients!.meanContribution.slice(),
};
