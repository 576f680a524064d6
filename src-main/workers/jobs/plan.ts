import type { JobRequest, JobResult } from '../../contract/job.ts';
import { environments } from '../../engine/environments/registry.ts';
import { checkModelFits } from '../../engine/evaluation/model-fits.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { planSearch } from '../../engine/pruning/search/plan-search.ts';

/** What a search is to try of this model, which can play there. */
export function planJob({ recipe, model }: Extract<JobRequest, { kind: 'plan' }>): JobResult {
  checkModelFits(readModel(model).description, environments.get(recipe.environment));
  return { kind: 'plan', plan: planSearch(recipe) };
}
