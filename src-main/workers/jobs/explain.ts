import { isGymnasiumId } from '../../contract/gymnasium-id.ts';
import type { JobRequest, JobResult } from '../../contract/job.ts';
import { environments } from '../../engine/environments/registry.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { explainModel } from '../../engine/inspection/explain-model.ts';

/** What a policy looks at, as its environment calls it. */
export function explainJob({ model, playedIn }: Extract<JobRequest, { kind: 'explain' }>): JobResult {
  // A Python is not started for names that it does not have.
  const named = playedIn === null || isGymnasiumId(playedIn) ? null : environments.get(playedIn);
  return { kind: 'explain', explanation: explainModel(readModel(model), named) };
}
