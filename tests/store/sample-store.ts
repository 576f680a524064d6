// A store in a folder, with a clock that stands still and ids that count up.
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src-main/store/store.ts';

let opened = 0;

export interface SampleStore {
  readonly store: Store;
  /** Adds to the clock, which stands still otherwise. */
  readonly advance: (ms: number) => void;
}

/** Closed after the test, unless the test has done so. */
export async function openSampleStore(folder: string): Promise<SampleStore> {
  const prefix = String(++opened).padStart(4, '0'); // ids of a later opening are greater
  let ids = 0;
  let now = 1_700_000_000_000;
  const store = await openStore({
    folder,
    clock: () => now,
    ids: () => `${prefix}-${String(++ids).padStart(6, '0')}`,
  });
  onTestFinished(() => {
    try {
      store.close();
    } catch {
      // closed by the test
    }
  });
  return { store, advance: (ms) => (now += ms) };
}
