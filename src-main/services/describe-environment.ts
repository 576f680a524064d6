import type { DescribedEnvironment } from '../contract/catalogue.ts';
import type { JobHost } from './job-host.ts';

/**
 * What an environment is and how to train in it, also of one that is not built in.
 * @throws UnknownNameError, GymnasiumMissingError and the other errors of environments in Python
 */
export async function describeEnvironment(jobHost: JobHost, environment: string): Promise<DescribedEnvironment> {
  const result = await jobHost.start({ kind: 'environment', environment }, () => undefined).result;
  if (result.kind !== 'environment') throw new TypeError(`an environment job answered with a ${result.kind} result`);
  return result.described;
}
