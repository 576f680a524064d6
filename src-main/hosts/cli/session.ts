// What a command works with: the store, the job host, and the display, opened and closed around it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import { z } from 'zod';
import type { Services } from '../../services/services.ts';
import { tendStore } from '../../services/tend-store.ts';
import { childProcessJobHost } from '../child-process-job-host.ts';
import { openServices } from '../open-services.ts';

export interface GlobalOptions {
  readonly store?: string;
  readonly json: boolean;
}

const workerEntry = fileURLToPath(new URL('../../workers/job.ts', import.meta.url));
const packageFile = fileURLToPath(new URL('../../../package.json', import.meta.url));

export const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version;

/** Where models, runs and metrics are kept unless `--store` says otherwise. */
export function storeFolder({ store }: GlobalOptions): string {
  return resolve(store ?? process.env.SECATEUR_STORE ?? envPaths('secateur', { suffix: '' }).data);
}

export const jobHost = childProcessJobHost(workerEntry);
/** For the workbench, where somebody waits for every answer. */
export const readyJobHost = childProcessJobHost(workerEntry, { spare: true });

/** Runs a command with the store open. */
export async function withServices<T>(options: GlobalOptions, work: (services: Services) => Promise<T>): Promise<T> {
  const services = await openServices({ storeFolder: storeFolder(options), jobHost, version });
  try {
    const done = await work(services);
    await tendStore(services);
    return done;
  } finally {
    services.store.close();
  }
}
