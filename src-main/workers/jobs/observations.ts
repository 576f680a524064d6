import type { JobRequest, JobResult } from '../../contract/job.ts';
import { readObservations } from '../../engine/formats/observations/read-observations.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { shareObservations } from '../../engine/pruning/share-observations.ts';

/** What is in a file of observations for a model, and how many rows learning, choosing and reporting would get. */
export function observationsJob({ file, model }: Extract<JobRequest, { kind: 'observations' }>): JobResult {
  const { shape } = readModel(model).description.network.input;
  const observations = readObservations(file, shape);
  const { rows, values, type } = observations;
  // Which rows they are depends on the recipe's seed; how many does not.
  const shares = shareObservations(observations, 0);
  const [train, validation, test] = [shares.train, shares.validation, shares.test].map(
    (share) => (share.length * rows) / values.length,
  );
  return {
    kind: 'observations',
    described: { rows, shape: [...shape], type, train: train!, validation: validation!, test: test! },
  };
}
