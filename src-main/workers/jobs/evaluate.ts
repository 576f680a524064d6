import type { JobRequest, JobResult } from '../../contract/job.ts';
import { evaluateModel } from '../../engine/evaluation/evaluate-model.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import type { RunContext } from '../../engine/run-context.ts';

/** Plays a model's episodes, and the baseline's on the same seeds. */
export async function evaluateJob(
  request: Extract<JobRequest, { kind: 'evaluate' }>,
  backend: Backend,
  context: RunContext,
): Promise<JobResult> {
  const evaluated = await evaluateModel({
    model: readModel(request.model),
    baseline: request.baseline === null ? null : readModel(request.baseline),
    recipe: request.recipe,
    backend,
    context,
  });
  return { kind: 'evaluate', ...evaluated };
}
