// Reads a bundle back, and only if it is what was written.
import { join } from 'node:path';
import type { BundleManifest } from '../contract/entity.ts';
import { ArtifactCorruptError } from './artifact-corrupt-error.ts';
import { isSafePath, MANIFEST_NAME, readManifest, sha256, type BundleFile } from './bundle-manifest.ts';
import { FileNotFoundError, toFileError } from './file-errors.ts';
import { nodeFiles, stateOf, type FileOperations } from './file-operations.ts';

export interface Bundle {
  readonly manifest: BundleManifest;
  /** In the order of the manifest. */
  readonly files: readonly BundleFile[];
}

/** @throws ArtifactCorruptError, FileNotFoundError, NotWritableError, FileAccessError */
export async function readBundle(folder: string, operations: FileOperations = nodeFiles): Promise<Bundle> {
  try {
    if ((await stateOf(folder, operations)) === null) throw new FileNotFoundError(folder);
    const manifest = await readManifest(folder, operations);
    if (manifest === null) throw new ArtifactCorruptError(join(folder, MANIFEST_NAME), 'it is not a manifest of ours');
    const files: BundleFile[] = [];
    for (const { path, size, sha256: expected } of manifest.files) {
      if (!isSafePath(path)) throw new ArtifactCorruptError(join(folder, MANIFEST_NAME), `it names "${path}"`);
      if (!(await stateOf(join(folder, path), operations))?.isFile()) {
        throw new ArtifactCorruptError(join(folder, path), 'it is not there');
      }
      const bytes = await operations.readFile(join(folder, path));
      if (bytes.byteLength !== size || sha256(bytes) !== expected) {
        throw new ArtifactCorruptError(join(folder, path), 'its bytes are not those of the manifest');
      }
      files.push({ path, bytes });
    }
    return { manifest, files };
  } catch (error) {
    throw toFileError(error, folder);
  }
}
