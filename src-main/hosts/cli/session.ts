// What a command works with: the store, the job host, and the display, opened and closed around it.
import { fileURLToPath } from 'node:url';
import type { Services } from '../../services/services.ts';
import { tendStore } from '../../services/tend-store.ts';
import { childProcessJobHost } from '../child-process-job-host.ts';
import { openServices } from '../open-services.ts';
import { chooseStoreFolder } from '../store-folder.ts';

export interface GlobalOptions {
  readonly store?: string;
  readonly json: boolean;
}

const workerEntry = fileURLToPath(new URL('../../workers/job.ts', import.meta.url));

export function storeFolder({ store }: GlobalOptions): string {
  return chooseStoreFolder(store);
}

export const jobHost = childProcessJobHost(workerEntry);
/** For the workbench, where somebody waits for every answer. */
export const readyJobHost = childProcessJobHost(workerEntry, { spare: true });

/** Runs a command with the store open. */
export async function withServices<T>(options: GlobalOptions, work: (services: Services) => Promise<T>): Promise<T> {
  const services = await openServices({ storeFolder: storeFolder(options), jobHost });
  try {
    const done = await work(services);
    await tendStore(services);
    return done;
  } finally {
    services.store.close();
  }
}
