import type { JobRequest, JobResult } from '../../contract/job.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { prune } from '../../engine/pruning/prune.ts';
import type { RunContext } from '../../engine/run-context.ts';
import { madeModel } from '../made-model.ts';

/** Prunes a model and reports on it. */
export async function pruneJob(
  request: Extract<JobRequest, { kind: 'prune' }>,
  backend: Backend,
  context: RunContext,
): Promise<JobResult> {
  const { model, report } = await prune({ model: readModel(request.model), recipe: request.recipe, backend, context });
  return { kind: 'prune', model: madeModel(model), report };
}
