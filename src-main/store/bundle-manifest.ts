// The manifest of a bundle: where it lies, how it is read, and which names may stand in it.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bundleManifestSchema, type BundleManifest } from '../contract/entity.ts';
import { stateOf, type FileOperations } from './file-operations.ts';

export const MANIFEST_NAME = 'manifest.json';

const SAFE_PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** A file of a bundle: `path` is relative to its folder, with "/". */
export interface BundleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Relative and without hidden parts: nothing in it can leave the folder. */
export function isSafePath(path: string): boolean {
  return SAFE_PATH.test(path);
}

/** Lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The manifest in `folder`; null where there is none or it is not ours. */
export async function readManifest(folder: string, operations: FileOperations): Promise<BundleManifest | null> {
  const path = join(folder, MANIFEST_NAME);
  if (!(await stateOf(path, operations))?.isFile()) return null;
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(await operations.readFile(path)));
    return bundleManifestSchema.safeParse(json).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
