import type { JobRequest, JobResult } from '../../contract/job.ts';
import { environments } from '../../engine/environments/registry.ts';
import { firstObservation } from '../../engine/evaluation/measure-model.ts';
import { checkModelFits } from '../../engine/evaluation/model-fits.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { policyOnly } from '../../engine/networks/select-head.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { measureBudget } from '../../engine/pruning/search/budget.ts';
import { planSearch } from '../../engine/pruning/search/plan-search.ts';
import { compact } from '../../engine/pruning/surgery/compact.ts';
import type { RunContext } from '../../engine/run-context.ts';

/** What a search is to try of this model, which can play there, and whether there is anything to search for. */
export function planJob(
  { recipe, model }: Extract<JobRequest, { kind: 'plan' }>,
  backend: Backend,
  context: RunContext,
): JobResult {
  const environment = environments.get(recipe.environment);
  const dense = policyOnly(readModel(model));
  checkModelFits(dense.description, environment);
  const { target } = recipe;
  const asItIs =
    target.kind === 'return'
      ? null
      : measureBudget({ target, observation: firstObservation(environment), backend, context })(compact(dense));
  return { kind: 'plan', plan: { ...planSearch(recipe, dense), asItIs } };
}
