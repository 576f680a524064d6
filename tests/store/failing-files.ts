// The real file system with one call that fails, and writes that never take everything at once.
import { nodeFiles, type FileOperations, type OpenFile } from '../../src-main/store/file-operations.ts';

export interface Failure {
  /** Counted over all operations, from 0. */
  readonly call: number;
  readonly code: string;
  /** `once`: only this call fails. `from-then-on`: so does every later one, as if the process had died. */
  readonly lasting: 'once' | 'from-then-on';
}

export function failingFiles({ call, code, lasting }: Failure): FileOperations & { readonly calls: () => number } {
  let calls = 0;
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    const index = calls++;
    if (index === call || (index > call && lasting === 'from-then-on')) {
      throw Object.assign(new Error(`${code}: made to fail at call ${index}`), { code });
    }
    return work();
  };
  const wrap = (file: OpenFile): OpenFile => ({
    write: (bytes, offset, length) => counted(() => file.write(bytes, offset, Math.ceil(length / 2))),
    // Only counted: what a sync does shows in a power cut, which no test can make.
    sync: () => counted(() => Promise.resolve()),
    close: async () => {
      await file.close(); // even when it is made to fail: the test must not run out of handles
      await counted(() => Promise.resolve());
    },
  });
  return {
    calls: () => calls,
    open: async (path, flags) => wrap(await counted(() => nodeFiles.open(path, flags))),
    rename: (from, to) => counted(() => nodeFiles.rename(from, to)),
    rm: (path, options) => counted(() => nodeFiles.rm(path, options)),
    mkdir: (path, options) => counted(() => nodeFiles.mkdir(path, options)),
    readdir: (path) => counted(() => nodeFiles.readdir(path)),
    readFile: (path) => counted(() => nodeFiles.readFile(path)),
    lstat: (path) => counted(() => nodeFiles.lstat(path)),
  };
}

/** Every way to fail: each call of an operation that makes `calls` of them, alone and with all that follow. */
export function everyFailure(calls: number): Failure[] {
  return Array.from({ length: calls }, (_, call) => call).flatMap((call) => [
    { call, code: 'EIO', lasting: 'once' as const },
    { call, code: 'ENOSPC', lasting: 'from-then-on' as const },
  ]);
}

export const noFailure: Failure = { call: Number.POSITIVE_INFINITY, code: '', lasting: 'once' };
