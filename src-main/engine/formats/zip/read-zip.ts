// Guarded reading of a zip archive in memory: checked before it is unpacked, bounded while it is, verified after.
import { inflateSync } from 'fflate';
import { crc32 } from './crc32.ts';
import { readDirectory, type ZipEntry } from './directory.ts';
import { DamagedZipError, MissingZipEntryError, ZipBombError, ZipChecksumError } from './errors.ts';

export interface ZipArchive {
  /** The archive's name, for errors. */
  readonly file: string;
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The unpacked bytes of an entry, a view of the archive when it is stored. @throws MissingZipEntryError, … */
  read(name: string): Uint8Array;
}

function inflate(entry: ZipEntry, file: string): Uint8Array {
  // fflate never grows a buffer it is given, so one spare byte bounds the memory and betrays an entry that is longer.
  const out = new Uint8Array(entry.size + 1);
  let inflated: Uint8Array;
  try {
    inflated = inflateSync(entry.packed, { out });
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw new ZipBombError(file, `entry "${entry.name}" is longer than the ${entry.size} bytes that it claims`);
    }
    throw new DamagedZipError(file, `entry "${entry.name}" cannot be decompressed`);
  }
  if (inflated.length > entry.size) {
    throw new ZipBombError(file, `entry "${entry.name}" is longer than the ${entry.size} bytes that it claims`);
  }
  return inflated;
}

function unpack(entry: ZipEntry, file: string): Uint8Array {
  const bytes = entry.deflated ? inflate(entry, file) : entry.packed;
  if (bytes.length !== entry.size || crc32(bytes) !== entry.checksum) throw new ZipChecksumError(file, entry.name);
  return bytes;
}

/** Whether the bytes begin as a zip archive with entries does. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Opens an archive; its directory is checked as a whole now, its entries when they are read.
 * @throws the errors of errors.ts
 */
export function readZip({ bytes, file }: { bytes: Uint8Array; file: string }): ZipArchive {
  const entries = new Map(readDirectory({ bytes, file }).map((entry) => [entry.name, entry]));
  return {
    file,
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    read(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new MissingZipEntryError(file, name);
      return unpack(entry, file);
    },
  };
}
