import type { JobResult } from '../../contract/job.ts';
import { Bridge } from '../gymnasium/bridge.ts';
import type { PythonOptions } from '../gymnasium/python-process.ts';

/** @throws PythonNotFoundError, GymnasiumMissingError */
export function pythonJob(options: PythonOptions): JobResult {
  const bridge = new Bridge({ ...options, id: 'gym:' });
  try {
    return { kind: 'python', versions: bridge.versions() };
  } finally {
    bridge.end();
  }
}
