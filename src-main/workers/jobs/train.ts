import type { JobRequest, JobResult } from '../../contract/job.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { train } from '../../engine/training/train.ts';
import { madeModel } from '../made-model.ts';
import type { WorkerContext } from '../worker-context.ts';

/** Trains an agent and evaluates the best policy on the way. */
export async function trainJob(
  request: Extract<JobRequest, { kind: 'train' }>,
  backend: Backend,
  context: WorkerContext,
): Promise<JobResult> {
  const { model, validation, test, last, stopped } = await train({
    recipe: request.recipe,
    backend,
    context,
    checkpoint: request.checkpoint,
    saveCheckpoint: (step, bytes) => {
      context.checkpoint(step, bytes);
    },
  });
  return {
    kind: 'train',
    model: madeModel(model),
    validation,
    test,
    last: last === null ? null : { model: madeModel(last.model), test: last.test },
    stopped,
  };
}
