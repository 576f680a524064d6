import type { Topology } from './topology.ts';

/**
 * Sparse evolutionary training (Mocanu et al. 2018). There new weights begin at random values and the share dropped stays
 * the same; here they begin at zero and it decays, as in the comparisons of Evci et al. 2020.
 */
export const set: Topology = {
  id: 'set',
  name: 'SET',
  explanation: 'Every so often the smallest weights of each layer make room for as many others, drawn by lot.',
  formula: 'drop min |w|, grow U(0, 1)',
  growth: ({ gradient, random }) => Float32Array.from(gradient, () => random.uniform()),
};
