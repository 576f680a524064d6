import type { JobRequest, JobResult } from '../../contract/job.ts';
import { environments } from '../../engine/environments/registry.ts';
import { checkModelFits } from '../../engine/evaluation/model-fits.ts';
import { checkDisjoint } from '../../engine/evaluation/seeds.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { policyOnly } from '../../engine/networks/select-head.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { criteria } from '../../engine/pruning/criteria/registry.ts';
import { granularities } from '../../engine/pruning/granularity/registry.ts';
import { measureSensitivity } from '../../engine/pruning/sensitivity/measure-sensitivity.ts';
import { Random } from '../../engine/random/random.ts';
import type { RunContext } from '../../engine/run-context.ts';

/** Prunes each layer alone and plays what is left; a critic is left behind, since it does not act. */
export async function sensitivityJob(
  request: Extract<JobRequest, { kind: 'sensitivity' }>,
  backend: Backend,
  context: RunContext,
): Promise<JobResult> {
  const { environment: id, seeds, seed, sparsities, ...names } = request;
  const environment = environments.get(id);
  const criterion = criteria.get(names.criterion);
  const granularity = granularities.get(names.granularity);
  checkDisjoint(seeds);
  const model = policyOnly(readModel(request.model));
  checkModelFits(model.description, environment);
  const random = new Random(seed);
  const question = { model, environment, criterion, granularity, sparsities, seeds, random };
  return { kind: 'sensitivity', report: await measureSensitivity({ ...question, backend, context }) };
}
