import type { JobRequest, JobResult } from '../../contract/job.ts';
import { environments } from '../../engine/environments/registry.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { explainModel } from '../../engine/inspection/explain-model.ts';

/** What a policy looks at, as its environment calls it. */
export function explainJob({ model, environment }: Extract<JobRequest, { kind: 'explain' }>): JobResult {
  const named = environment === null ? null : environments.get(environment);
  return { kind: 'explain', explanation: explainModel(readModel(model), named) };
}
