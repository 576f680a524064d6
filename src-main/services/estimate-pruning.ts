// What pruning a model would leave, estimated on request; nothing is stored.
import type { EstimateQuestion, EstimateReport } from '../contract/estimate.ts';
import type { Source } from '../contract/recipe.ts';
import { importSource } from './import-source.ts';
import type { RunControl } from './run-control.ts';
import type { Services, Watch } from './services.ts';

export interface EstimatedPruning {
  readonly name: string;
  readonly report: EstimateReport;
}

/** @throws the errors of the file's format, FileNotFoundError, and those that the worker reports */
export async function estimatePruning(
  services: Services,
  source: Source,
  question: EstimateQuestion,
  control: RunControl,
  watch: Watch,
): Promise<EstimatedPruning> {
  const { file, stored, result: read } = await importSource(services, source);
  const job = services.jobHost.start({ kind: 'estimate', ...question, model: read.model.bytes }, (event) => {
    if (event.type === 'progress') watch(event);
  });
  control.take(job);
  const result = await job.result;
  if (result.kind !== 'estimate') throw new TypeError(`an estimate job answered with a ${result.kind} result`);
  return { name: stored?.name ?? file.name, report: result.report };
}
