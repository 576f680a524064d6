import type { Criterion } from './criterion.ts';

/** Connection sensitivity (Lee et al. 2019, SNIP, §4), on the trained weights instead of the initial ones. */
export const snip: Criterion = {
  id: 'snip',
  name: 'SNIP',
  explanation:
    'How much the mean loss would change, to first order, if the weight were zero; effects of states may cancel.',
  formula: '|w·∂L/∂w|, L = E[−ln π(a*)]',
  needs: 'gradients',
  scoreWeights: ({ kernel, gradients }) => kernel.map((w, i) => Math.abs(w * gradients!.mean[i]!)),
};
