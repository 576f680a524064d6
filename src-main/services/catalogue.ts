import type { Catalogue } from '../contract/catalogue.ts';
import type { JobHost } from './job-host.ts';

/** What this build offers; asked of a worker, since only workers have the engine. */
export async function loadCatalogue(jobHost: JobHost): Promise<Catalogue> {
  const result = await jobHost.start({ kind: 'catalogue' }, () => undefined).result;
  if (result.kind !== 'catalogue') throw new TypeError(`a catalogue job answered with a ${result.kind} result`);
  return result.catalogue;
}
