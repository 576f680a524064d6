import type { Criterion } from './criterion.ts';

/** As `shapley`, but played out: exact to the return, and far noisier for the same time. */
export const shapleyReturn: Criterion = {
  id: 'shapley-return',
  name: 'Shapley value of the return',
  explanation:
    'How much a unit adds to the share of the dense return when the units of its layer join in random order.',
  formula: 'E[v(S ∪ u) − v(S)], v the share of the dense return',
  needs: 'return',
  scoreUnits: (input) => input.return!.values.slice(),
  estimates: (input) => input.return!,
};
