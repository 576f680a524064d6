import type { JobRequest, JobResult } from '../../contract/job.ts';
import type { TrainRecipe } from '../../contract/recipe.ts';
import { environments } from '../../engine/environments/registry.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { train } from '../../engine/training/train.ts';
import { openEnvironmentThreads } from '../environment-threads/environment-threads.ts';
import { madeModel } from '../made-model.ts';
import type { WorkerContext } from '../worker-context.ts';

/** The engine finds the environment with its worlds in threads, where the recipe wants them. */
async function openThreads({
  environment,
  environmentThreads: threads = 1,
}: TrainRecipe): Promise<() => Promise<void>> {
  if (threads === 1) return () => Promise.resolve();
  const { definition, close } = await openEnvironmentThreads(environments.get(environment), { threads });
  environments.add(definition);
  return close;
}

/** Trains an agent and evaluates the best policy on the way. */
export async function trainJob(
  request: Extract<JobRequest, { kind: 'train' }>,
  backend: Backend,
  context: WorkerContext,
): Promise<JobResult> {
  const closeThreads = await openThreads(request.recipe);
  try {
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
  } finally {
    await closeThreads();
  }
}
