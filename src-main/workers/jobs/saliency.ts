import type { JobRequest, JobResult } from '../../contract/job.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { saliencyOf } from '../../engine/pruning/saliency.ts';
import type { RunContext } from '../../engine/run-context.ts';

/** Scores a model's weights or units; prunes nothing. */
export async function saliencyJob(
  request: Extract<JobRequest, { kind: 'saliency' }>,
  backend: Backend,
  context: RunContext,
): Promise<JobResult> {
  const saliency = await saliencyOf({ ...request, model: readModel(request.model), backend, context });
  return { kind: 'saliency', saliency };
}
