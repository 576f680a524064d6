// Removes what an interrupted write left behind, and puts a folder back that was moved aside for its successor.
import { join } from 'node:path';
import { isTemporaryName } from './atomic-file.ts';
import { toFileError } from './file-errors.ts';
import { nodeFiles, stateOf, type FileOperations } from './file-operations.ts';

const ASIDE_NAME = /^\.(.+)\.secateur-old$/;

/** Where a folder waits while its successor is renamed into its place. */
export function asideName(name: string): string {
  return `.${name}.secateur-old`;
}

export interface Sweep {
  /** Looked at itself, not its subfolders; a missing one is clean. */
  readonly folder: string;
  /** Only temporaries last changed before this time (ms): younger ones may belong to a write in progress. */
  readonly before: number;
  readonly operations?: FileOperations;
}

/** @throws NotWritableError, FileAccessError */
export async function sweepTemporaries({ folder, before, operations = nodeFiles }: Sweep): Promise<void> {
  try {
    if ((await stateOf(folder, operations)) === null) return;
    for (const name of await operations.readdir(folder)) {
      await sweepAside(folder, name, operations);
      const state = isTemporaryName(name) ? await stateOf(join(folder, name), operations) : null;
      if (state !== null && state.mtimeMs < before) {
        await operations.rm(join(folder, name), { recursive: true, force: true });
      }
    }
  } catch (error) {
    throw toFileError(error, folder);
  }
}

async function sweepAside(folder: string, name: string, operations: FileOperations): Promise<void> {
  const original = ASIDE_NAME.exec(name)?.[1];
  if (original === undefined) return;
  const path = join(folder, name);
  const successor = await stateOf(join(folder, original), operations);
  if (successor === null) await operations.rename(path, join(folder, original));
  else await operations.rm(path, { recursive: true, force: true });
}
