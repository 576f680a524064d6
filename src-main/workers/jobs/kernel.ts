import type { JobRequest, JobResult } from '../../contract/job.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { kernelValues } from '../../engine/inspection/kernel-values.ts';

/** @throws NoSuchKernelError */
export function kernelJob(request: Extract<JobRequest, { kind: 'kernel' }>): JobResult {
  return { kind: 'kernel', kernel: kernelValues(readModel(request.model), request.layer) };
}
