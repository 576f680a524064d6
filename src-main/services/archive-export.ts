// An export as one file, for a page whose person sits elsewhere than its host.
import { basename } from 'node:path';
import { zipSync } from 'fflate';
import type { Export } from '../contract/entity.ts';
import type { NamedFile } from '../contract/job.ts';
import { MANIFEST_NAME } from '../store/bundle-manifest.ts';
import { readBundle } from '../store/read-bundle.ts';

/** The earliest time that a zip can hold: equal exports are equal bytes. */
const NO_TIME = new Date(1980, 0, 1);

/** @throws ArtifactCorruptError, FileNotFoundError when the folder has changed or is gone */
export async function archiveExport({ folder }: Export): Promise<NamedFile> {
  const { manifest, files } = await readBundle(folder);
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  const entries = [...files, { path: MANIFEST_NAME, bytes: text }];
  const name = basename(folder);
  const zipped = zipSync(
    Object.fromEntries(entries.map(({ path, bytes }) => [`${name}/${path}`, [bytes, { mtime: NO_TIME }] as const])),
  );
  return { name: `${name}.zip`, bytes: zipped };
}
