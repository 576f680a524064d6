// Whether a backend loads on this machine, and how fast it is.
import type { BackendCheck } from '../contract/api/application.ts';
import { toProblem } from '../contract/secateur-error.ts';
import type { JobHost } from './job-host.ts';

/** One after the other, please: side by side they would slow each other down. */
export async function probeBackend(jobHost: JobHost, id: string): Promise<BackendCheck> {
  try {
    const result = await jobHost.start({ kind: 'probe', backend: id }, () => undefined).result;
    if (result.kind !== 'probe') throw new TypeError(`a probe job answered with a ${result.kind} result`);
    return { id, loads: true, probe: result.probe };
  } catch (error) {
    return { id, loads: false, problem: toProblem(error) };
  }
}
