// A file is written whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { toFileError } from './file-errors.ts';
import { nodeFiles, syncFolder, type FileOperations } from './file-operations.ts';

const TEMPORARY_NAME = /^\.secateur-[0-9a-f-]{36}\.tmp$/;

/** A fresh name for a temporary file or folder, on the same file system because in the same folder. */
export function temporaryIn(folder: string): string {
  return join(folder, `.secateur-${randomUUID()}.tmp`);
}

export function isTemporaryName(name: string): boolean {
  return TEMPORARY_NAME.test(name);
}

/** Creates `path`, which must not exist, and returns when its bytes are on the disk. */
export async function writeAndSync(path: string, bytes: Uint8Array, operations: FileOperations): Promise<void> {
  const handle = await operations.open(path, 'wx');
  try {
    for (let offset = 0; offset < bytes.byteLength;) {
      const { bytesWritten } = await handle.write(bytes, offset, bytes.byteLength - offset);
      offset += bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export interface AtomicWrite {
  /** Its folder exists; a file that is there already is replaced. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly operations?: FileOperations;
}

/**
 * Afterwards, and at every moment before, `path` holds the old content or the new one.
 * @throws DiskFullError, NotWritableError, NotAFolderError, FileNotFoundError, FileAccessError
 */
export async function writeFileAtomically({ path, bytes, operations = nodeFiles }: AtomicWrite): Promise<void> {
  const folder = dirname(path);
  const temporary = temporaryIn(folder);
  try {
    await writeAndSync(temporary, bytes, operations);
    await operations.rename(temporary, path);
    await syncFolder(folder, operations);
  } catch (error) {
    // What cannot be removed now is left to the sweep at the next start.
    await operations.rm(temporary, { recursive: false, force: true }).catch(() => undefined);
    throw toFileError(error, path);
  }
}
