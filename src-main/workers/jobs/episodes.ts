import type { RecordedEpisode } from '../../contract/episode.ts';
import type { JobRequest, JobResult } from '../../contract/job.ts';
import { environments } from '../../engine/environments/registry.ts';
import { recordEpisode } from '../../engine/evaluation/record-episode.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import type { Backend } from '../../engine/numerics/backend.ts';

/** Records episodes of one seed after the other until there is enough to watch. */
export function episodesJob(request: Extract<JobRequest, { kind: 'episodes' }>, backend: Backend): JobResult {
  const { environment: name, first, most, enoughSteps, mostSteps } = request;
  const environment = environments.get(name);
  const model = readModel(request.model);
  const episodes: RecordedEpisode[] = [];
  let steps = 0;
  while (episodes.length === 0 || (episodes.length < most && steps < enoughSteps)) {
    const seed = first + episodes.length;
    const episode = recordEpisode({ model, environment, seed, backend, mostSteps });
    episodes.push(episode);
    steps += episode.actions.length;
  }
  return { kind: 'episodes', episodes };
}
