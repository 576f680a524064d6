// Where models, runs and metrics are kept: one rule for every door.
import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** @param store what the person named with `--store`; then comes SECATEUR_STORE, then the system's folder for data */
export function chooseStoreFolder(store: string | undefined): string {
  return resolve(store ?? process.env.SECATEUR_STORE ?? envPaths('secateur', { suffix: '' }).data);
}
