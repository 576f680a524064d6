// One workbench for all tests of a file, on a store that goes with it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { removeFolder } from '../../store/temporary-folder.ts';
import { serveWorkbench, type ServedWorkbench } from './served-workbench.ts';

/** @param fill puts something into the store's folder before it is served */
export function workbenchOfAFile(
  fill: (folder: string) => void | Promise<void> = () => undefined,
): () => ServedWorkbench {
  let workbench: ServedWorkbench | null = null;
  const folder = mkdtempSync(join(tmpdir(), 'secateur-e2e-'));
  beforeAll(async () => {
    await fill(folder);
    workbench = await serveWorkbench(folder);
  });
  afterAll(async () => {
    await workbench?.close();
    await removeFolder(folder);
  });
  return () => workbench!;
}
