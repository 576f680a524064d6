import type { Criterion } from './criterion.ts';

export const sensitivity: Criterion = {
  id: 'sensitivity',
  name: 'Sensitivity',
  explanation: 'How much the loss of an average state depends on what the unit puts out.',
  formula: 'E|∂ℓ/∂h|, ℓ = −ln π(a*)',
  needs: 'gradients',
  scoreUnits: ({ gradients }) => gradients!.meanMagnitude.slice(),
};
