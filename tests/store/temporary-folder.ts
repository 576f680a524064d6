// A folder of its own for each test, removed after it.
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'secateur-store-'));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** With patience: the children of a process that has ended, as those of a window, may still write into its folder. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
