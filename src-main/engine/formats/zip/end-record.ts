// The record at the end of a zip file, from which it is read backwards (PKWARE APPNOTE 6.3.10, sections 4.3.14 to 4.3.16).
import { DamagedZipError, NotAZipError, TruncatedZipError, ZipTooLargeError } from './errors.ts';

const MOST_ENTRIES = 10_000;

const FIRST_LOCAL_HEADER = 0x04034b50;
const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_END_OF_DIRECTORY = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;
const END_LENGTH = 22;
const LOCATOR_LENGTH = 20;

/** @returns where the end record begins; it must be the last thing in the file. */
function findEnd(view: DataView, file: string): number {
  const length = view.byteLength;
  for (let at = length - END_LENGTH; at >= Math.max(0, length - END_LENGTH - 0xffff); at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY && at + END_LENGTH + view.getUint16(at + 20, true) === length) {
      return at;
    }
  }
  const begins = length >= 4 && view.getUint32(0, true) === FIRST_LOCAL_HEADER;
  throw begins ? new TruncatedZipError(file, 'its directory is missing') : new NotAZipError(file);
}

/** Where the directory lies and how many entries it has. */
export interface DirectoryExtent {
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

/**
 * From the end record, or from its 64-bit successor when there is one: PyTorch always writes it.
 * @throws NotAZipError, TruncatedZipError, DamagedZipError, ZipTooLargeError
 */
export function findDirectory(view: DataView, file: string): DirectoryExtent {
  const end = findEnd(view, file);
  const locator = end - LOCATOR_LENGTH;
  let extent = { count: view.getUint16(end + 10, true), start: view.getUint32(end + 16, true), end };
  if (locator >= 0 && view.getUint32(locator, true) === ZIP64_LOCATOR) {
    const record = Number(view.getBigUint64(locator + 8, true));
    if (record + 56 > locator || view.getUint32(record, true) !== ZIP64_END_OF_DIRECTORY) {
      throw new DamagedZipError(file, 'its 64-bit directory record is not where it should be');
    }
    const count = Number(view.getBigUint64(record + 32, true));
    extent = { count, start: Number(view.getBigUint64(record + 48, true)), end: record };
  }
  if (extent.count > MOST_ENTRIES) {
    throw new ZipTooLargeError(file, `${extent.count} entries, at most ${MOST_ENTRIES} are read`);
  }
  if (extent.start > extent.end) throw new TruncatedZipError(file, 'its directory lies outside of the file');
  return extent;
}
