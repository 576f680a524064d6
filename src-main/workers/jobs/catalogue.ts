import type { Catalogue, Method } from '../../contract/catalogue.ts';
import type { JobResult } from '../../contract/job.ts';
import { exportFormatSchema } from '../../contract/recipe.ts';
import { templates } from '../../engine/agents/templates.ts';
import { environments } from '../../engine/environments/registry.ts';
import { writers } from '../../engine/formats/writers.ts';
import { allocations } from '../../engine/pruning/allocation/registry.ts';
import { criteria } from '../../engine/pruning/criteria/registry.ts';
import { canRank } from '../../engine/pruning/granularity/granularity.ts';
import { granularities } from '../../engine/pruning/granularity/registry.ts';
import { judgesInTraining } from '../../engine/pruning/check-training-pruning.ts';
import { recoveries } from '../../engine/pruning/recovery/registry.ts';
import { schedules } from '../../engine/pruning/schedules/registry.ts';
import type { Schedule } from '../../engine/pruning/schedules/schedule.ts';
import { targets } from '../../engine/pruning/search/targets.ts';
import { topologies } from '../../engine/pruning/topology/registry.ts';
import { backendLoaders } from '../backends.ts';
import { environmentEntry } from './environment.ts';

const TRAINING_KINDS = ['gradual', 'sparse'] as const;

const method = ({ id, name, explanation, formula }: Method): Method => ({ id, name, explanation, formula });

function exampleOf({ events }: Schedule): { at: number; sparsity: number }[] {
  const updates = 1000;
  return events({ target: 0.9, initial: 0, updates, steps: 10 }).map(({ update, sparsity }) => ({
    at: update / updates,
    sparsity,
  }));
}

/** The registries as they are in this build. */
export function catalogueJob(): JobResult {
  const catalogue: Catalogue = {
    criteria: criteria.all.map((criterion) => ({
      ...method(criterion),
      granularities: granularities.all.filter((granularity) => canRank(criterion, granularity)).map(({ id }) => id),
      needs: criterion.needs,
      inTraining: TRAINING_KINDS.filter((kind) => judgesInTraining(criterion, kind)),
    })),
    targets: targets.map(method),
    granularities: granularities.all.map(({ id, name, explanation }) => ({ id, name, explanation })),
    allocations: allocations.all.map((allocation) => ({ ...method(allocation), needs: allocation.needs })),
    schedules: schedules.all.map((schedule) => ({ ...method(schedule), example: exampleOf(schedule) })),
    topologies: topologies.all.map((topology) => ({ ...method(topology), rewires: topology.growth !== null })),
    recoveries: recoveries.all.map((recovery) => ({ ...method(recovery), needsReturns: recovery.needsReturns })),
    environments: environments.all.map(environmentEntry),
    templates: templates.all
      .filter((template) => environments.ids.includes(template.environment))
      .map((template) => ({ ...template })),
    exportFormats: writers.all.map(({ id, label, description }) => ({
      id: exportFormatSchema.parse(id),
      label,
      description,
    })),
    backends: backendLoaders.all.map(({ id, description }) => ({ id, description })),
  };
  return { kind: 'catalogue', catalogue };
}
