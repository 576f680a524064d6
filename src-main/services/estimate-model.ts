// What pruning would leave of a model: asked of a worker once, and remembered.
import { jsonSchema, type Model } from '../contract/entity.ts';
import { estimateReportSchema, type EstimateQuestion, type EstimateReport } from '../contract/estimate.ts';
import type { Services } from './services.ts';

/** @throws UnknownNameError, and what keeps a combination from being estimated */
export async function estimateModel(
  { store, jobHost }: Services,
  { artifactHash }: Model,
  question: EstimateQuestion,
): Promise<EstimateReport> {
  const key = `estimate ${JSON.stringify(question)}`;
  const known = estimateReportSchema.safeParse(store.analyses.find(artifactHash, key));
  if (known.success) return known.data;
  const model = await store.artifacts.get(artifactHash);
  const result = await jobHost.start({ kind: 'estimate', ...question, model }, () => undefined).result;
  if (result.kind !== 'estimate') throw new TypeError(`an estimate job answered with a ${result.kind} result`);
  store.analyses.keep(artifactHash, key, jsonSchema.parse(result.report));
  return result.report;
}
