// Where files may go: found out before any work, and nothing is lost when it goes wrong after.
import { spawnSync } from 'node:child_process';
import type * as promises from 'node:fs/promises';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkDestination } from '../../src-main/services/export-model.ts';
import { allModels } from '../../src-main/services/resolve-source.ts';
import { BundleRefusedError } from '../../src-main/store/bundle.ts';
import { DiskFullError, NotAFolderError, NotWritableError } from '../../src-main/store/file-errors.ts';
import { byHand, exportRecipe, pruneRecipe } from '../contract/recipes.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { openSampleServices, runWatched, sampleSource } from './sample-services.ts';

const { mkdir } = vi.hoisted(() => ({ mkdir: { failure: null as string | null } }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  return {
    ...real,
    mkdir: (...args: Parameters<typeof real.mkdir>) =>
      mkdir.failure === null
        ? real.mkdir(...args)
        : Promise.reject(Object.assign(new Error(mkdir.failure), { code: mkdir.failure })),
  };
});
afterEach(() => {
  mkdir.failure = null;
});

const destination = (folder: string, force = false) => ({ folder, formats: ['onnx'] as const, force });

describe('a destination', () => {
  it('may be new, as deep as one likes; looking leaves nothing', async () => {
    const folder = temporaryFolder();
    await checkDestination(destination(join(folder, 'a', 'b', 'c')));
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([false, true])('that holds something else is refused (force: %s) and not touched', async (force) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    await expect(checkDestination(destination(folder, force))).rejects.toBeInstanceOf(BundleRefusedError);
    expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  it('below a file is refused', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(checkDestination(destination(join(file, 'out')))).rejects.toBeInstanceOf(NotAFolderError);
  });

  it.skipIf(process.platform !== 'linux')('where nothing can be made is refused, even to root', async () => {
    await expect(checkDestination(destination('/proc/out'))).rejects.toBeInstanceOf(NotWritableError);
  });

  it.each([
    ['EACCES', NotWritableError],
    ['EROFS', NotWritableError],
    ['ENOSPC', DiskFullError],
  ])('that the system refuses with %s is refused as that', async (code, type) => {
    const folder = join(temporaryFolder(), 'out');
    mkdir.failure = code;
    await expect(checkDestination(destination(folder))).rejects.toBeInstanceOf(type);
  });
});

it('a recipe whose destination is refused does nothing at all', async () => {
  const services = await openSampleServices();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'thesis.txt'), '');
  await expect(runWatched(services, exportRecipe(sampleSource, folder))).rejects.toBeInstanceOf(BundleRefusedError);
  expect(services.store.projects.list()).toEqual([]);
});

it('an earlier export is replaced with force only', async () => {
  const services = await openSampleServices();
  const folder = join(temporaryFolder(), 'out');
  const recipe = exportRecipe(sampleSource, folder);
  const onnx = { ...recipe, export: { ...recipe.export, formats: ['onnx'] as const } };
  await runWatched(services, onnx);
  await expect(runWatched(services, onnx)).rejects.toBeInstanceOf(BundleRefusedError);
  expect(existsSync(join(folder, 'policy.onnx'))).toBe(true);
  await runWatched(services, { ...recipe, export: { folder, formats: ['safetensors'], force: true } });
  expect(existsSync(join(folder, 'policy.onnx'))).toBe(false);
  expect(existsSync(join(folder, 'policy.safetensors'))).toBe(true);
});

it('a disk that is full at the end costs the files, not the pruned model', async (context) => {
  const disk = join(temporaryFolder(), 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk], { encoding: 'utf8' });
  if (mounted.status !== 0) context.skip(`no small disk can be mounted here: ${mounted.stderr.trim()}`);
  onTestFinished(() => {
    spawnSync('umount', [disk]);
  });
  const services = await openSampleServices();
  const folder = join(disk, 'out');
  const recipe = pruneRecipe(sampleSource, { method: byHand, export: { folder, formats: ['onnx'], force: false } });
  await expect(runWatched(services, recipe)).rejects.toBeInstanceOf(DiskFullError);
  expect(readdirSync(disk)).toEqual([]);
  const { store } = services;
  expect(allModels(store)).toHaveLength(2);
  const runs = store.projects.list().flatMap(({ id }) => store.runs.list(id));
  expect(runs.map(({ kind, status, problem }) => [kind, status, problem?.code])).toEqual([
    ['prune', 'finished', undefined],
    ['export', 'failed', 'DiskFullError'],
  ]);
});
