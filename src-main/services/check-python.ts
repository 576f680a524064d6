// Whether there is a Python with gymnasium, and what it has.
import type { PythonCheck } from '../contract/python.ts';
import { toProblem } from '../contract/secateur-error.ts';
import type { JobHost } from './job-host.ts';

export async function checkPython(jobHost: JobHost): Promise<PythonCheck> {
  try {
    const result = await jobHost.start({ kind: 'python' }, () => undefined).result;
    if (result.kind !== 'python') throw new TypeError(`a python job answered with a ${result.kind} result`);
    return { works: true, versions: result.versions };
  } catch (error) {
    return { works: false, problem: toProblem(error) };
  }
}
