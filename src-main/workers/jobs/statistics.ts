import type { JobRequest, JobResult } from '../../contract/job.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { modelStatistics } from '../../engine/inspection/model-statistics.ts';

export function statisticsJob(request: Extract<JobRequest, { kind: 'statistics' }>): JobResult {
  return { kind: 'statistics', statistics: modelStatistics(readModel(request.model)) };
}
