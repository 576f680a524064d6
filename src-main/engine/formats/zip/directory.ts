// The central directory of a zip file (PKWARE APPNOTE 6.3.10), checked as a whole before anything is unpacked.
import { decodeUtf8 } from '../utf8.ts';
import { findDirectory, type DirectoryExtent } from './end-record.ts';
import {
  DamagedZipError,
  DuplicateZipEntryError,
  TruncatedZipError,
  UnsupportedZipError,
  ZipBombError,
  ZipEntryNameError,
  ZipTooLargeError,
} from './errors.ts';

/** Of everything together once unpacked. */
const MOST_BYTES = 4 * 2 ** 30;
/** Unpacked to packed; weights hardly compress. */
const LARGEST_RATIO = 200;

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;

export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  /** The entry's bytes as they lie in the file. */
  readonly packed: Uint8Array;
  /** Length once unpacked. */
  readonly size: number;
  readonly checksum: number;
}

function checkName(name: string | null, raw: Uint8Array, file: string): string {
  const text = name ?? `${raw.length} bytes that are not UTF-8`;
  const segments = text.replace(/\/$/, '').split('/');
  const relative = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name === null || !relative || /[\\\u0000-\u001f]|^[a-z]:/i.test(name)) throw new ZipEntryNameError(file, text);
  return name;
}

/** [size, packed size, offset] of an entry, from its 64-bit extra field where the 32-bit field is saturated. */
function readExtent(view: DataView, at: number, extra: number, extraEnd: number): [number, number, number] {
  let wide = extra;
  while (wide + 4 <= extraEnd && view.getUint16(wide, true) !== 1) wide += 4 + view.getUint16(wide + 2, true);
  let next = wide + 4;
  const read = (offset: number): number => {
    const value = view.getUint32(at + offset, true);
    if (value !== 0xffffffff || next + 8 > extraEnd) return value;
    next += 8;
    return Number(view.getBigUint64(next - 8, true));
  };
  return [read(24), read(20), read(42)];
}

/** The packed bytes of an entry, behind its local header, which must agree with the directory about the name. */
function locate(options: {
  bytes: Uint8Array;
  view: DataView;
  file: string;
  name: string;
  rawName: Uint8Array;
  offset: number;
  packedSize: number;
  dataEnd: number;
}): Uint8Array {
  const { bytes, view, file, name, rawName, offset, packedSize, dataEnd } = options;
  const truncated = new TruncatedZipError(file, `the data of entry "${name}" lies outside of the file`);
  if (offset + 30 > dataEnd) throw truncated;
  const nameLength = view.getUint16(offset + 26, true);
  const start = offset + 30 + nameLength + view.getUint16(offset + 28, true);
  if (start + packedSize > dataEnd) throw truncated;
  const localName = bytes.subarray(offset + 30, offset + 30 + nameLength);
  const sameName = localName.length === rawName.length && localName.every((byte, i) => byte === rawName[i]);
  if (view.getUint32(offset, true) !== LOCAL_HEADER || !sameName) {
    throw new DamagedZipError(file, `entry "${name}" is not where the directory says`);
  }
  return bytes.subarray(start, start + packedSize);
}

function checkSizes(entry: ZipEntry, file: string): void {
  const { name, size, packed } = entry;
  if (!entry.deflated && size !== packed.length) {
    throw new DamagedZipError(file, `entry "${name}" is stored in ${packed.length} bytes but claims ${size}`);
  }
  if (size > LARGEST_RATIO * packed.length) {
    throw new ZipBombError(file, `entry "${name}" claims to unpack from ${packed.length} to ${size} bytes`);
  }
}

/** The entry whose directory record begins at `at`, and where the next record begins. */
function readEntry(options: {
  bytes: Uint8Array;
  view: DataView;
  file: string;
  at: number;
  directory: DirectoryExtent;
}): {
  entry: ZipEntry;
  next: number;
} {
  const { bytes, view, file, at, directory } = options;
  const truncated = new TruncatedZipError(file, 'its directory ends too early');
  if (at + 46 > directory.end) throw truncated;
  const extra = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = extra + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > directory.end) throw truncated;
  if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new DamagedZipError(file, 'its directory is not readable');
  const rawName = bytes.subarray(at + 46, extra);
  const name = checkName(decodeUtf8(rawName), rawName, file);
  const method = view.getUint16(at + 10, true);
  if (view.getUint16(at + 8, true) & 1) throw new UnsupportedZipError(file, name, 'encryption');
  if (method !== 0 && method !== 8) throw new UnsupportedZipError(file, name, `compression method ${method}`);
  const [size, packedSize, offset] = readExtent(view, at, extra, extraEnd);
  const packed = locate({ bytes, view, file, name, rawName, offset, packedSize, dataEnd: directory.start });
  const entry = { name, deflated: method === 8, packed, size, checksum: view.getUint32(at + 16, true) };
  checkSizes(entry, file);
  return { entry, next };
}

/**
 * All entries but folders. Nothing is unpacked, yet all that can be refused beforehand is: names, duplicates, sizes.
 * @param file the file's name, for errors.
 * @throws the errors of errors.ts
 */
export function readDirectory({ bytes, file }: { bytes: Uint8Array; file: string }): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = findDirectory(view, file);
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  let at = directory.start;
  for (let i = 0; i < directory.count; i++) {
    const { entry, next } = readEntry({ bytes, view, file, at, directory });
    if (entries.has(entry.name)) throw new DuplicateZipEntryError(file, entry.name);
    entries.set(entry.name, entry);
    total += entry.size;
    at = next;
  }
  if (total > MOST_BYTES) throw new ZipTooLargeError(file, `${total} bytes unpacked`);
  if (total > LARGEST_RATIO * bytes.length) throw new ZipBombError(file, `${bytes.length} bytes claim ${total}`);
  return [...entries.values()].filter((entry) => !entry.name.endsWith('/'));
}
