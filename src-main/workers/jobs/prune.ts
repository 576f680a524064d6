import { createHash } from 'node:crypto';
import type { JobRequest, JobResult, NamedFile } from '../../contract/job.ts';
import type { DataPruneRecipe } from '../../contract/recipe.ts';
import { readObservations } from '../../engine/formats/observations/read-observations.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import type { PolicyModel } from '../../engine/networks/model.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { prune } from '../../engine/pruning/prune.ts';
import { pruneFromData } from '../../engine/pruning/prune-from-data.ts';
import type { RunContext } from '../../engine/run-context.ts';
import { playInThreads } from '../episode-threads/episode-threads.ts';
import { madeModel } from '../made-model.ts';

interface Work {
  readonly model: PolicyModel;
  readonly backend: Backend;
  readonly context: RunContext;
}

async function onObservations(recipe: DataPruneRecipe, file: NamedFile | null, work: Work): Promise<JobResult> {
  if (file === null) throw new TypeError('a recipe that names observations came without them');
  const observations = readObservations(file, work.model.description.network.input.shape);
  const { model, report } = await pruneFromData({ ...work, recipe, observations });
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const described = { ...report.observations, file: file.name, sha256 };
  return { kind: 'prune', model: madeModel(model), report: { ...report, observations: described } };
}

/** Prunes a model and reports on it. */
export async function pruneJob(
  { recipe, observations, model: bytes }: Extract<JobRequest, { kind: 'prune' }>,
  backend: Backend,
  context: RunContext,
): Promise<JobResult> {
  const work = { model: readModel(bytes), backend, context };
  if (recipe.basis === 'observations') return onObservations(recipe, observations, work);
  const closeThreads = playInThreads(recipe.environment, backend, context);
  try {
    const { model, report } = await prune({ ...work, recipe });
    return { kind: 'prune', model: madeModel(model), report };
  } finally {
    await closeThreads();
  }
}
