// Models looked at closely.
import type { Handlers } from '../../contract/api/api.ts';
import type { inspectionChannels } from '../../contract/api/inspection.ts';
import { evaluationSummarySchema } from '../../contract/entity.ts';
import { explanationOf, kernelOf, modelStatistics } from '../inspect-closely.ts';
import type { HandlerContext } from './handler-context.ts';

/** As lists show it. */
const summary = evaluationSummarySchema.extend({ report: evaluationSummarySchema.shape.report.strip() });

export function inspectionHandlers({ services }: HandlerContext): Handlers<keyof typeof inspectionChannels> {
  return {
    'inspection.statistics': ({ id }) => modelStatistics(services, id),
    'inspection.kernel': ({ id, layer }) => kernelOf(services, id, layer),
    'inspection.explanation': ({ id }) => explanationOf(services, id),
    'inspection.evaluations': ({ id }) =>
      services.store.evaluations.list(id).map((evaluation) => summary.parse(evaluation)),
  };
}
