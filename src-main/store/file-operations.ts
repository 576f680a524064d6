// The few file system calls that durable writing needs, injectable so that tests can make each of them fail.
import * as fs from 'node:fs/promises';
import { errorCode } from './file-errors.ts';

export interface OpenFile {
  /** May write less than asked. */
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FileState {
  isFile(): boolean;
  isDirectory(): boolean;
  readonly mtimeMs: number;
}

export interface FileOperations {
  /** `wx`: a new file, fails where one exists; `r`: for reading, also a folder. */
  open(path: string, flags: 'wx' | 'r'): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { readonly recursive: boolean; readonly force: boolean }): Promise<void>;
  mkdir(path: string, options: { readonly recursive: boolean }): Promise<unknown>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Uint8Array>;
  /** Does not follow links. */
  lstat(path: string): Promise<FileState>;
}

export const nodeFiles: FileOperations = fs;

/** What lies at `path`, or null for nothing. */
export async function stateOf(path: string, operations: FileOperations): Promise<FileState | null> {
  try {
    return await operations.lstat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Makes the entries of a folder (a rename, a new file) survive a power cut. Windows has no such call and no need. */
export async function syncFolder(folder: string, operations: FileOperations): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await operations.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Brings a file that another library wrote onto the disk. */
export async function syncFile(path: string): Promise<void> {
  // Windows flushes only what is open for writing.
  const handle = await fs.open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
