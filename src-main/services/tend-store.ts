// Housekeeping of a store, once in a while: what nobody refers to goes, and there is always a recent backup.
import { stat } from 'node:fs/promises';
import { listBackups } from '../store/backup.ts';
import type { Services } from './services.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** An artifact that is still being referred to by a run elsewhere is younger than this. */
const SWEEP_AFTER_MS = DAY_MS;
const BACK_UP_EVERY_MS = 7 * DAY_MS;

/** Cheap when nothing is due. @throws DiskFullError, NotWritableError */
export async function tendStore({ store, clock }: Pick<Services, 'store' | 'clock'>): Promise<void> {
  const now = clock();
  store.artifacts.sweepUnreferenced(now - SWEEP_AFTER_MS);
  if (store.projects.list().length === 0) return;
  const [newest] = await listBackups(store.folder);
  const age = newest === undefined ? Infinity : now - (await stat(newest)).mtimeMs;
  if (age > BACK_UP_EVERY_MS) await store.backUp();
}
