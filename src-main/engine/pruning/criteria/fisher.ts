import type { Criterion } from './criterion.ts';

/** Fisher pruning (Theis et al. 2018) without its factor ½: the diagonal of the empirical Fisher matrix stands for the Hessian's. */
export const fisher: Criterion = {
  id: 'fisher',
  name: 'Fisher',
  explanation: 'How much the loss would change, to second order, if the weight were zero and the policy at an optimum.',
  formula: 'E[(∂ℓ/∂w)²]·w², ℓ = −ln π(a*)',
  needs: 'gradients',
  scoreWeights: ({ kernel, gradients }) => kernel.map((w, i) => w * w * gradients!.meanSquare[i]!),
};
