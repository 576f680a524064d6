// What can be chosen for an agent that is pruned while it learns.
import type { Catalogue } from '../../../src-main/contract/catalogue.ts';
import type { TrainingPruning } from '../../../src-main/contract/recipe.ts';

export interface MethodsInTraining {
  /** That can rank pieces of this granularity. What looks at the states of a finished policy cannot judge one that still learns. */
  criteriaOf(granularity: string): Catalogue['criteria'];
  /** Those that some criterion can rank. */
  readonly granularities: Catalogue['granularities'];
  readonly allocations: Catalogue['allocations'];
}

export function methodsInTraining(catalogue: Catalogue, way: TrainingPruning['kind']): MethodsInTraining {
  const judging = catalogue.criteria.filter(({ inTraining }) => inTraining.includes(way));
  const criteriaOf = (granularity: string): Catalogue['criteria'] =>
    judging.filter(({ granularities }) => granularities.includes(granularity));
  return {
    criteriaOf,
    granularities: catalogue.granularities.filter(({ id }) => criteriaOf(id).length > 0),
    allocations: catalogue.allocations.filter(({ needs }) => needs !== 'sensitivity'),
  };
}
