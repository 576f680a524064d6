import { clampKept, keptCount, type Allocation } from './allocation.ts';

export const uniform: Allocation = {
  id: 'uniform',
  name: 'Uniform',
  explanation: 'Every layer loses the same share.',
  formula: 's_l = S',
  needs: 'nothing',
  keep: (layers, sparsity) => layers.map((layer) => clampKept(layer, keptCount(layer.size, sparsity))),
};
