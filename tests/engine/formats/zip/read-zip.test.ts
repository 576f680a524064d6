import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { SecateurError } from '../../../../src-main/contract/secateur-error.ts';
import * as errors from '../../../../src-main/engine/formats/zip/errors.ts';
import { readZip, type ZipArchive } from '../../../../src-main/engine/formats/zip/read-zip.ts';
import { fixture, thirdPartyAgent, thrownBy } from '../fixtures.ts';

const open = (bytes: Uint8Array): ZipArchive => readZip({ bytes, file: 'a.zip' });
const readAll = (bytes: Uint8Array): Uint8Array[] => {
  const archive = open(bytes);
  return archive.names.map((name) => archive.read(name));
};

const content = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * i * 31 + i) % 251);
const sample = (): Uint8Array =>
  zipSync({ 'one.bin': content(3000), 'folder/two.txt': strToU8('two two two two two two') });

/** A copy in which the number at every place where `find` occurs, plus an offset, is replaced. */
function patch(bytes: Uint8Array, find: readonly number[], at: number, replacement: readonly number[]): Uint8Array {
  const patched = bytes.slice();
  for (let i = 0; i + find.length <= bytes.length; i++) {
    if (find.every((byte, j) => bytes[i + j] === byte)) patched.set(replacement, i + at);
  }
  return patched;
}

const DIRECTORY_ENTRY = [0x50, 0x4b, 1, 2];
const LOCAL_HEADER = [0x50, 0x4b, 3, 4];
const END = [0x50, 0x4b, 5, 6];

describe('archives that are whole', () => {
  it('gives stored and deflated entries', () => {
    const archive = open(
      zipSync({ stored: [content(500), { level: 0 }], deflated: content(500), empty: new Uint8Array() }),
    );
    expect(archive.names).toEqual(['stored', 'deflated', 'empty']);
    expect(archive.read('stored')).toEqual(content(500));
    expect(archive.read('deflated')).toEqual(content(500));
    expect(archive.read('empty').length).toBe(0);
    expect(archive.has('other')).toBe(false);
    expect(() => archive.read('other')).toThrow(errors.MissingZipEntryError);
  });

  it('reads what Python and PyTorch wrote, 64-bit directory included', () => {
    expect(open(thirdPartyAgent('dqn-CartPole-v1.zip').bytes).names).toContain('policy.pth');
    const tensors = fixture('tensors.pth').bytes;
    expect(Buffer.from(tensors).includes(Buffer.from([0x50, 0x4b, 6, 6]))).toBe(true);
    expect(open(tensors).names).toContain('tensors/data.pkl');
  });

  it('leaves folders out', () => {
    expect(open(zipSync({ 'folder/': new Uint8Array(), 'folder/file': content(3) })).names).toEqual(['folder/file']);
  });
});

describe('what is not a whole archive', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['text', strToU8('not a zip at all, but long enough to be one')],
  ])('%s is not a zip', (_, bytes) => {
    expect(() => open(bytes)).toThrow(errors.NotAZipError);
  });

  it('cut at any byte is refused with a typed error', () => {
    const bytes = sample();
    for (let length = 0; length < bytes.length; length++) {
      const error = thrownBy(() => readAll(bytes.subarray(0, length)));
      expect(error).toBeInstanceOf(length < 4 ? errors.NotAZipError : errors.TruncatedZipError);
    }
  });

  it('notices every flipped bit of the data, by checksum or by structure', () => {
    const bytes = zipSync({ a: [content(60), { level: 0 }] });
    const start = 30 + 1;
    for (let bit = 0; bit < 60 * 8; bit++) {
      const flipped = bytes.slice();
      flipped[start + (bit >> 3)]! ^= 1 << (bit & 7);
      expect(() => readAll(flipped)).toThrow(errors.ZipChecksumError);
    }
  });

  it('a flipped bit anywhere never fails otherwise than with a typed error', () => {
    const bytes = sample();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      try {
        readAll(flipped);
      } catch (error) {
        expect(error).toBeInstanceOf(SecateurError);
      }
    }
  });
});

describe('hostile archives', () => {
  it.each(['../evil', '/etc/passwd', 'a/../../b', 'C:evil', 'a\\b', 'a//b', './a', '', 'a\u0000b'])(
    'name %j',
    (name) => {
      const files: Zippable = { [name]: content(3) };
      expect(() => open(zipSync(files))).toThrow(errors.ZipEntryNameError);
    },
  );

  it('one name twice', () => {
    const twice = zipSync({ aaaa: content(3), bbbb: content(4) });
    const renamed = patch(twice, [...strToU8('bbbb')], 0, [...strToU8('aaaa')]);
    expect(() => open(renamed)).toThrow(errors.DuplicateZipEntryError);
  });

  it('another name in the directory than at the entry', () => {
    const bytes = patch(sample(), [...LOCAL_HEADER], 30, [...strToU8('six')]);
    expect(() => open(bytes)).toThrow(errors.DamagedZipError);
  });

  it('a bomb is refused before it is unpacked', () => {
    const bomb = zipSync({ zeros: new Uint8Array(5_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(6000);
    expect(() => open(bomb)).toThrow(errors.ZipBombError);
  });

  it('a bomb that claims to be small is stopped at what it claims', () => {
    const bomb = zipSync({ zeros: new Uint8Array(5_000_000) }, { level: 9 });
    const modest = patch(bomb, DIRECTORY_ENTRY, 24, [100, 0, 0, 0]);
    expect(() => readAll(modest)).toThrow(errors.ZipBombError);
  });

  it('more entries than any model has', () => {
    const bytes = patch(sample(), END, 10, [0x11, 0x27]);
    expect(() => open(bytes)).toThrow(errors.ZipTooLargeError);
  });

  it.each<[string, number, number[]]>([
    ['encryption', 8, [1, 0]],
    ['another compression', 10, [14, 0]],
  ])('%s is not supported', (_, at, value) => {
    expect(() => open(patch(sample(), DIRECTORY_ENTRY, at, value))).toThrow(errors.UnsupportedZipError);
  });

  it('a stored entry of another size than it takes', () => {
    const bytes = patch(zipSync({ a: [content(60), { level: 0 }] }), DIRECTORY_ENTRY, 24, [61, 0, 0, 0]);
    expect(() => open(bytes)).toThrow(errors.DamagedZipError);
  });

  it('every refusal names the file and says what would help', () => {
    const error = thrownBy(() => open(zipSync({ '../evil': content(3) }))) as SecateurError;
    expect(error.message).toContain('"a.zip"');
    expect(error.message).toContain('"../evil"');
    expect(error.hint.length).toBeGreaterThan(20);
  });
});
