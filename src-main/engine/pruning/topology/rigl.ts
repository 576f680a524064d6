import type { Topology } from './topology.ts';

/** Evci et al. 2020, algorithm 1; in deep RL: Graesser et al. 2022. */
export const rigl: Topology = {
  id: 'rigl',
  name: 'RigL',
  explanation:
    'Every so often the smallest weights of each layer make room for as many others: those that the loss pulls at most.',
  formula: 'drop min |w|, grow max |∂L/∂w|',
  growth: ({ gradient }) => gradient.map(Math.abs),
};
