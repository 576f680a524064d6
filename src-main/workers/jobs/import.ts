// Reading an untrusted model file, in a process that can be thrown away.
import type { JobRequest, JobResult } from '../../contract/job.ts';
import { checkRecipeFits } from '../../engine/check-recipe.ts';
import { readModelFile } from '../../engine/formats/registry.ts';
import { madeModel } from '../made-model.ts';

export function importJob(request: Extract<JobRequest, { kind: 'import' }>): JobResult {
  const { file, normalizer, recipe } = request;
  const read = readModelFile({ ...file, ...(normalizer !== null && { normalizer }) });
  if (recipe !== null) checkRecipeFits(recipe, read.model);
  return { kind: 'import', model: madeModel(read.model), format: read.origin, notes: read.notes };
}
