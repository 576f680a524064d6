import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileAtomically } from '../../src-main/store/atomic-file.ts';
import {
  DiskFullError,
  FileAccessError,
  FileNotFoundError,
  NotAFolderError,
  NotWritableError,
} from '../../src-main/store/file-errors.ts';
import { sweepTemporaries } from '../../src-main/store/sweep-temporaries.ts';
import { everyFailure, failingFiles, noFailure } from './failing-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const oldBytes = new TextEncoder().encode('the old content');
const newBytes = new TextEncoder().encode('the new content, which is longer');

describe('writeFileAtomically', () => {
  it('writes a new file and replaces an old one, also when each write takes only a part', async () => {
    const path = join(temporaryFolder(), 'weights');
    await writeFileAtomically({ path, bytes: oldBytes });
    expect(new Uint8Array(readFileSync(path))).toEqual(oldBytes);
    await writeFileAtomically({ path, bytes: newBytes, operations: failingFiles(noFailure) });
    expect(new Uint8Array(readFileSync(path))).toEqual(newBytes);
  });

  it('leaves the old or the new content whichever call fails, and nothing else after the sweep', async () => {
    const rehearsal = failingFiles(noFailure);
    await writeFileAtomically({ path: join(temporaryFolder(), 'weights'), bytes: newBytes, operations: rehearsal });
    const outcomes = new Set<string>();
    for (const failure of everyFailure(rehearsal.calls())) {
      const folder = temporaryFolder();
      const path = join(folder, 'weights');
      writeFileSync(path, oldBytes);
      const write = writeFileAtomically({ path, bytes: newBytes, operations: failingFiles(failure) });
      await expect(write).rejects.toThrow(failure.code === 'ENOSPC' ? DiskFullError : FileAccessError);
      const content = readFileSync(path, 'utf8');
      expect(['the old content', 'the new content, which is longer']).toContain(content);
      outcomes.add(content);
      if (failure.lasting === 'once') expect(readdirSync(folder)).toEqual(['weights']);
      await sweepTemporaries({ folder, before: Number.POSITIVE_INFINITY });
      expect(readdirSync(folder)).toEqual(['weights']);
      expect(readFileSync(path, 'utf8')).toBe(content);
    }
    expect(outcomes.size).toBe(2); // failures before and after the rename were both met
  });

  it.each([
    ['EACCES', NotWritableError],
    ['EROFS', NotWritableError],
    ['ENOSPC', DiskFullError],
  ])('says what %s means', async (code, errorClass) => {
    const operations = failingFiles({ call: 0, code, lasting: 'once' });
    const write = writeFileAtomically({ path: join(temporaryFolder(), 'weights'), bytes: newBytes, operations });
    await expect(write).rejects.toThrow(errorClass);
  });

  it('says so where the folder is missing, or is a file', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), oldBytes);
    const at = (path: string) => writeFileAtomically({ path: join(folder, path), bytes: newBytes });
    await expect(at('missing/weights')).rejects.toThrow(FileNotFoundError);
    await expect(at('file/weights')).rejects.toThrow(NotAFolderError);
  });
});

describe('sweepTemporaries', () => {
  it('takes only left-over temporaries older than the limit', async () => {
    const folder = temporaryFolder();
    const temporary = '.secateur-01234567-89ab-cdef-0123-456789abcdef.tmp';
    writeFileSync(join(folder, temporary), oldBytes);
    writeFileSync(join(folder, '.secateur-notes.tmp'), oldBytes);
    mkdirSync(join(folder, 'exports'));
    await sweepTemporaries({ folder, before: 0 });
    expect(readdirSync(folder)).toContain(temporary);
    await sweepTemporaries({ folder, before: Number.POSITIVE_INFINITY });
    expect(readdirSync(folder).sort()).toEqual(['.secateur-notes.tmp', 'exports']);
  });

  it('has nothing to do in a folder that does not exist', async () => {
    const folder = join(temporaryFolder(), 'missing');
    await expect(sweepTemporaries({ folder, before: Number.POSITIVE_INFINITY })).resolves.toBeUndefined();
  });
});
