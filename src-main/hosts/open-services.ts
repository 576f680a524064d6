// What every door works with: the store of a folder, the job host, and what they run on, opened and closed together.
import { randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import type { JobHost } from '../services/job-host.ts';
import type { Services } from '../services/services.ts';
import { openStore } from '../store/store.ts';
import { uuidV7 } from '../store/uuid-v7.ts';
import { version } from './version.ts';

/** @throws the errors of `openStore` */
export async function openServices(options: {
  readonly storeFolder: string;
  readonly jobHost: JobHost;
}): Promise<Services> {
  const clock = (): number => Date.now();
  const store = await openStore({ folder: options.storeFolder, clock, ids: uuidV7({ clock, randomBytes }) });
  // Not `availableParallelism`: the oldest Electron lacks it.
  const cores = Math.max(1, cpus().length);
  return {
    store,
    jobHost: {
      start: (request, onEvent) => options.jobHost.start(request, onEvent, store.settings.read().python),
    },
    clock,
    versions: { secateur: version, node: process.versions.node },
    machine: { platform: `${process.platform} ${process.arch}`, cores },
  };
}
