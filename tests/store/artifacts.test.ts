import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArtifactCorruptError } from '../../src-main/store/artifact-corrupt-error.ts';
import { Artifacts } from '../../src-main/store/artifacts.ts';
import { Connection } from '../../src-main/store/connection.ts';
import { RecordNotFoundError } from '../../src-main/store/database-errors.ts';
import { DiskFullError } from '../../src-main/store/file-errors.ts';
import { migrations } from '../../src-main/store/migrations/migrations.ts';
import { openDatabase } from '../../src-main/store/open-database.ts';
import { failingFiles } from './failing-files.ts';
import { sampleModel, sampleProject } from './sample-entities.ts';
import { openSampleStore } from './sample-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const bytes = new Uint8Array(5000).map((_, i) => (i * 31) % 251);
const hash = createHash('sha256').update(bytes).digest('hex');
const fileOf = (folder: string): string => join(folder, 'artifacts', hash.slice(0, 2), hash.slice(2));

describe('Artifacts', () => {
  it('keeps bytes under their hash and gives them back', async () => {
    const folder = temporaryFolder();
    const { store } = await openSampleStore(folder);
    const artifact = await store.artifacts.put('model', bytes);
    expect(artifact).toMatchObject({ hash, size: 5000, kind: 'model' });
    expect(new Uint8Array(readFileSync(fileOf(folder)))).toEqual(bytes);
    expect(new Uint8Array(await store.artifacts.get(hash))).toEqual(bytes);
    expect((await store.artifacts.put('model', bytes)).hash).toBe(hash);
    await expect(store.artifacts.get('0'.repeat(64))).rejects.toThrow(RecordNotFoundError);
  });

  it('finds a flipped bit and a missing file, and is mended by putting the bytes again', async () => {
    const folder = temporaryFolder();
    const { store } = await openSampleStore(folder);
    await store.artifacts.put('model', bytes);
    const flipped = bytes.slice();
    flipped[1234]! ^= 4;
    for (const damage of [
      () => {
        writeFileSync(fileOf(folder), flipped);
      },
      () => {
        rmSync(fileOf(folder));
      },
    ]) {
      damage();
      await expect(store.artifacts.get(hash)).rejects.toThrow(ArtifactCorruptError);
      await store.artifacts.put('model', bytes);
      expect(new Uint8Array(await store.artifacts.get(hash))).toEqual(bytes);
    }
  });

  it('says that the disk is full, and nothing refers to half an artifact', async () => {
    const folder = temporaryFolder();
    const database = await openDatabase({ storeFolder: folder, migrations, now: 0 });
    const sources = { clock: () => 0, ids: () => 'unused' };
    // lstat, mkdir, open, then the second of the writes.
    const operations = failingFiles({ call: 4, code: 'ENOSPC', lasting: 'once' });
    const artifacts = new Artifacts(new Connection(database), sources, join(folder, 'artifacts'), operations);
    await expect(artifacts.put('model', bytes)).rejects.toThrow(DiskFullError);
    expect(existsSync(fileOf(folder))).toBe(false);
    await expect(artifacts.get(hash)).rejects.toThrow(ArtifactCorruptError);
    await artifacts.put('model', bytes);
    expect(new Uint8Array(await artifacts.get(hash))).toEqual(bytes);
    database.close();
  });

  it('keeps the observations that the recipe of a run refers to', async () => {
    const { store } = await openSampleStore(temporaryFolder());
    const { createdAt } = await store.artifacts.put('observations', bytes);
    const { id: projectId } = sampleProject(store);
    const recipe = { observations: { kind: 'stored', hash, name: 'seen.npy' } };
    const versions = { secateur: '0', node: '0', backend: 'auto' };
    store.runs.create({ projectId, kind: 'prune', recipe, seed: 0, versions });
    expect(store.artifacts.sweepUnreferenced(createdAt + 1)).toBe(0);
    await expect(store.artifacts.get(hash)).resolves.toHaveLength(bytes.length);
  });

  it('sweeps what nothing refers to, once it is old enough', async () => {
    const folder = temporaryFolder();
    const { store, advance } = await openSampleStore(folder);
    const model = await sampleModel(store, sampleProject(store).id);
    const { createdAt } = await store.artifacts.put('model', bytes);
    advance(1000);
    expect(store.artifacts.sweepUnreferenced(createdAt)).toBe(0);
    await store.artifacts.put('model', bytes); // put again: young again
    expect(store.artifacts.sweepUnreferenced(createdAt + 1000)).toBe(0);
    expect(store.artifacts.sweepUnreferenced(createdAt + 1001)).toBe(5000);
    expect(existsSync(fileOf(folder))).toBe(false);
    await expect(store.artifacts.get(hash)).rejects.toThrow(RecordNotFoundError);
    await expect(store.artifacts.get(model.artifactHash)).resolves.toHaveLength(model.counts.bytes);
  });
});
