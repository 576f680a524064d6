import type { Criterion } from './criterion.ts';

/** Shapley 1953 on the units of a layer (Neuron Shapley, Ghorbani & Zou 2020); a unit that is away puts out zero. */
export const shapley: Criterion = {
  id: 'shapley',
  name: 'Shapley value',
  explanation:
    'How much a unit adds to the agreement with the dense policy when the units of its layer join in random order.',
  formula: 'E[v(S ∪ u) − v(S)], v the share of visited states with the dense action',
  needs: 'agreement',
  scoreUnits: ({ agreement }) => agreement!.values.slice(),
  estimates: ({ agreement }) => agreement!,
};
