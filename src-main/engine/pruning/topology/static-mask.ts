import type { Topology } from './topology.ts';

/** The baseline of Evci et al. 2020 and Graesser et al. 2022, and what follows pruning before training (Lee et al. 2019). */
export const staticMask: Topology = {
  id: 'static',
  name: 'Static',
  explanation: 'The weights that are there at the beginning are those that learn; no other ever comes in.',
  formula: 'm_t = m_0',
  growth: null,
};
