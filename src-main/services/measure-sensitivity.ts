// The sensitivity of a model's layers, measured on request; nothing is stored.
import type { Source } from '../contract/recipe.ts';
import type { SensitivityQuestion, SensitivityReport } from '../contract/sensitivity.ts';
import { importSource } from './import-source.ts';
import type { RunControl } from './run-control.ts';
import type { Services, Watch } from './services.ts';

export interface MeasuredSensitivity {
  readonly name: string;
  /** Null when it was stopped before anything was measured. */
  readonly report: SensitivityReport | null;
}

/** @throws the errors of the file's format, FileNotFoundError, and those that the worker reports */
export async function measureSensitivity(
  services: Services,
  source: Source,
  question: SensitivityQuestion,
  control: RunControl,
  watch: Watch,
): Promise<MeasuredSensitivity> {
  const { file, stored, result: read } = await importSource(services, source);
  const job = services.jobHost.start({ kind: 'sensitivity', ...question, model: read.model.bytes }, (event) => {
    if (event.type === 'progress') watch(event);
  });
  control.take(job);
  const result = await job.result;
  if (result.kind !== 'sensitivity') throw new TypeError(`a sensitivity job answered with a ${result.kind} result`);
  return { name: stored?.name ?? file.name, report: result.report };
}
