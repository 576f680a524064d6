// A search as it is begun when nothing is said about it: what has done well on the benchmarks, at amounts that matter.
import type { SearchRecipe } from './recipe.ts';

export const DEFAULT_SEARCH: Pick<
  SearchRecipe,
  'space' | 'trials' | 'rungs' | 'keepOneIn' | 'updates' | 'seconds' | 'processes'
> = {
  space: {
    granularities: ['weight', 'unit', 'hybrid', 'layer'],
    criteria: ['l1', 'lamp', 'wanda-lamp', 'norm-product', 'activity', 'bypass'],
    allocations: ['global', 'uniform', 'erk'],
    sparsities: [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995],
    schedules: ['polynomial'],
    recoveries: ['distill'],
    automatic: true,
  },
  trials: 54,
  rungs: 3,
  keepOneIn: 3,
  updates: 6000,
  seconds: 180,
  processes: null,
};
