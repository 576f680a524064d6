// How important the parts of a model are, without storing anything.
import type { JobRequest } from '../contract/job.ts';
import type { Source } from '../contract/recipe.ts';
import type { Saliency } from '../contract/saliency.ts';
import { importSource } from './import-source.ts';
import type { RunControl } from './run-control.ts';
import type { Services, Watch } from './services.ts';

export type SaliencyQuestion = Omit<Extract<JobRequest, { kind: 'saliency' }>, 'kind' | 'model'>;

/** @throws the errors of the file's format, and of a criterion that cannot answer */
export async function modelSaliency(
  services: Services,
  source: Source,
  question: SaliencyQuestion,
  control: RunControl,
  watch: Watch,
): Promise<Saliency> {
  const { result: imported } = await importSource(services, source);
  const request = { ...question, kind: 'saliency', model: imported.model.bytes } as const;
  const job = services.jobHost.start(request, (event) => {
    if (event.type === 'progress') watch(event);
  });
  control.take(job);
  const result = await job.result;
  if (result.kind !== 'saliency') throw new TypeError(`a saliency job answered with a ${result.kind} result`);
  return result.saliency;
}
