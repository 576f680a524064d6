import { expect, it } from 'vitest';
import { tendStore } from '../../src-main/services/tend-store.ts';
import { listBackups } from '../../src-main/store/backup.ts';
import { sampleProject } from '../store/sample-entities.ts';
import { openSampleStore } from '../store/sample-store.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

it('an old artifact that nothing refers to goes, a fresh one stays', async () => {
  const { store } = await openSampleStore(temporaryFolder());
  const { hash, createdAt } = await store.artifacts.put('checkpoint', new Uint8Array([1, 2, 3]));
  await tendStore({ store, clock: () => createdAt + DAY_MS - 1 });
  expect([...(await store.artifacts.get(hash))]).toEqual([1, 2, 3]);
  await tendStore({ store, clock: () => createdAt + DAY_MS + 1 });
  await expect(store.artifacts.get(hash)).rejects.toThrow(/artifact/);
});

it('a store with something in it is backed up, and again only after a week', async () => {
  const { store, advance } = await openSampleStore(temporaryFolder());
  const tendAfter = async (days: number): Promise<number> => {
    advance(1);
    await tendStore({ store, clock: () => Date.now() + days * DAY_MS });
    return (await listBackups(store.folder)).length;
  };
  expect(await tendAfter(0), 'nothing to lose yet').toBe(0);
  sampleProject(store);
  expect(await tendAfter(0)).toBe(1);
  expect(await tendAfter(6)).toBe(1);
  expect(await tendAfter(8)).toBe(2);
});
