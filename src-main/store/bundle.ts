// A folder of files with a manifest of their hashes, written as a whole: never half an export in the chosen place.
import { basename, dirname, join, resolve } from 'node:path';
import type { BundleManifest, Json } from '../contract/entity.ts';
import { SecateurError } from '../contract/secateur-error.ts';
import { temporaryIn, writeAndSync } from './atomic-file.ts';
import { isSafePath, MANIFEST_NAME, readManifest, sha256, type BundleFile } from './bundle-manifest.ts';
import { toFileError } from './file-errors.ts';
import { nodeFiles, stateOf, syncFolder, type FileOperations } from './file-operations.ts';
import { asideName } from './sweep-temporaries.ts';

/** Something would be lost that is not ours to replace. */
export class BundleRefusedError extends SecateurError {
  readonly kind = 'refused';

  constructor(folder: string, why: string, hint = 'Choose another folder, or move what is there.') {
    super(`will not write to "${folder}": ${why}`, hint);
  }
}

export class BundleFileNameError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string) {
    super(
      `"${path}" cannot be the name of a file in an export`,
      `Names are unique, relative, of letters, digits, ".", "_" and "-", and not "${MANIFEST_NAME}".`,
    );
  }
}

export interface BundleWrite {
  /** Its parent exists. */
  readonly folder: string;
  readonly files: readonly BundleFile[];
  /** What the manifest says about the content. */
  readonly about: Json;
  /** Replace a folder that is empty or a former bundle; anything else is refused all the same. */
  readonly force?: boolean;
  readonly operations?: FileOperations;
}

/**
 * Writes `files` and their manifest beside `folder`, then renames them into place.
 * @throws BundleRefusedError, BundleFileNameError, and the errors of `writeFileAtomically`
 */
export async function writeBundle(write: BundleWrite): Promise<BundleManifest> {
  const { files, about, force = false, operations = nodeFiles } = write;
  const folder = resolve(write.folder);
  checkNames(files);
  const manifest: BundleManifest = {
    format: 'secateur-bundle',
    version: 1,
    files: files.map(({ path, bytes }) => ({ path, size: bytes.byteLength, sha256: sha256(bytes) })),
    about,
  };
  const manifestBytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  const temporary = temporaryIn(dirname(folder));
  try {
    const replaces = await checkReplaceable(folder, force, operations);
    await writeTree(temporary, [...files, { path: MANIFEST_NAME, bytes: manifestBytes }], operations);
    await moveIntoPlace(temporary, folder, replaces, operations);
  } catch (error) {
    await operations.rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw toFileError(error, folder);
  }
  return manifest;
}

function checkNames(files: readonly BundleFile[]): void {
  // Lower case: on Windows and macOS "Model.onnx" and "model.onnx" are one file.
  const seen = new Set([MANIFEST_NAME]);
  for (const { path } of files) {
    if (!isSafePath(path) || seen.has(path.toLowerCase())) throw new BundleFileNameError(path);
    seen.add(path.toLowerCase());
  }
}

/**
 * Whether something of ours is to be replaced; nothing is written.
 * @throws BundleRefusedError
 */
export async function checkReplaceable(folder: string, force: boolean, operations: FileOperations): Promise<boolean> {
  const state = await stateOf(folder, operations);
  if (state === null) return false;
  if (!state.isDirectory()) throw new BundleRefusedError(folder, 'it is not a folder');
  if (!force)
    throw new BundleRefusedError(folder, 'it exists already', 'Choose another folder, or force replacing it.');
  const paths = await listFiles(folder, '', operations);
  if (paths.length === 0) return true;
  const manifest = await readManifest(folder, operations);
  if (manifest === null) throw new BundleRefusedError(folder, 'it is not an earlier export');
  const ours = new Set([MANIFEST_NAME, ...manifest.files.map((file) => file.path)]);
  const stranger = paths.find((path) => !ours.has(path));
  if (stranger !== undefined) throw new BundleRefusedError(folder, `"${stranger}" is not of the earlier export`);
  return true;
}

/** Paths of everything below a folder that is not a folder itself, relative, with "/". */
async function listFiles(folder: string, prefix: string, operations: FileOperations): Promise<string[]> {
  const found: string[] = [];
  for (const name of await operations.readdir(folder)) {
    const state = await operations.lstat(join(folder, name));
    if (state.isDirectory()) found.push(...(await listFiles(join(folder, name), `${prefix}${name}/`, operations)));
    else found.push(prefix + name);
  }
  return found;
}

async function writeTree(folder: string, files: readonly BundleFile[], operations: FileOperations): Promise<void> {
  const folders = new Set([folder]);
  await operations.mkdir(folder, { recursive: false });
  for (const { path, bytes } of files) {
    const target = join(folder, path);
    for (let parent = dirname(target); !folders.has(parent); parent = dirname(parent)) folders.add(parent);
    await operations.mkdir(dirname(target), { recursive: true });
    await writeAndSync(target, bytes, operations);
  }
  for (const each of folders) await syncFolder(each, operations);
}

async function moveIntoPlace(from: string, to: string, replaces: boolean, operations: FileOperations): Promise<void> {
  const aside = join(dirname(to), asideName(basename(to)));
  if (replaces) {
    await operations.rm(aside, { recursive: true, force: true });
    await operations.rename(to, aside);
  }
  try {
    await operations.rename(from, to);
  } catch (error) {
    // Back to how it was; where even that fails, the sweep does it at the next start.
    if (replaces) await operations.rename(aside, to).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(to), operations);
  // The new folder is in place: an old one that stays behind is the sweep's, not an error.
  if (replaces) await operations.rm(aside, { recursive: true, force: true }).catch(() => undefined);
}
