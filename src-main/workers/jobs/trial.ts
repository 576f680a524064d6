import type { JobRequest, JobResult } from '../../contract/job.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { runTrial } from '../../engine/pruning/search/run-trial.ts';
import type { RunContext } from '../../engine/run-context.ts';

/** Makes one trial of a search; the model can be made again from the recipe. */
export async function trialJob(
  { model, recipe, episodes, timed }: Extract<JobRequest, { kind: 'trial' }>,
  backend: Backend,
  context: RunContext,
): Promise<JobResult> {
  const { measured } = await runTrial({ model: readModel(model), recipe, episodes, timed, backend, context });
  return { kind: 'trial', measured };
}
