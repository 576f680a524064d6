import type { JobRequest, JobResult } from '../../contract/job.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { policyOnly } from '../../engine/networks/select-head.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { allocations } from '../../engine/pruning/allocation/registry.ts';
import { criteria } from '../../engine/pruning/criteria/registry.ts';
import { estimatePruning } from '../../engine/pruning/estimate-pruning.ts';
import { granularities } from '../../engine/pruning/granularity/registry.ts';
import { Random } from '../../engine/random/random.ts';
import type { RunContext } from '../../engine/run-context.ts';

/** What each amount would leave of a model; nothing is played. */
export async function estimateJob(
  request: Extract<JobRequest, { kind: 'estimate' }>,
  backend: Backend,
  context: RunContext,
): Promise<JobResult> {
  const granularity = granularities.get(request.granularity);
  const criterion = criteria.get(request.criterion);
  const allocation = allocations.get(request.allocation);
  const model = policyOnly(readModel(request.model));
  const random = new Random(request.seed);
  const { layers, multiple } = request;
  const question = { model, granularity, criterion, allocation, layers, multiple, random };
  return { kind: 'estimate', report: await estimatePruning({ ...question, backend, context }) };
}
