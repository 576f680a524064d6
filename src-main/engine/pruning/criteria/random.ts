import type { Criterion } from './criterion.ts';

export const random: Criterion = {
  id: 'random',
  name: 'Random',
  explanation: 'Prunes by lot: the baseline that every other criterion has to beat.',
  formula: 'U(0, 1)',
  needs: 'nothing',
  scoreWeights: ({ kernel, random }) => Float32Array.from(kernel, () => random.uniform()),
  scoreUnits: ({ group, random }) => Float32Array.from({ length: group.units }, () => random.uniform()),
};
