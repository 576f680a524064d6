import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MalformedSafetensorsError,
  SafetensorsTooLargeError,
  TruncatedSafetensorsError,
} from '../../../../src-main/engine/formats/safetensors/errors.ts';
import {
  readSafetensors,
  writeSafetensors,
  type SafeTensor,
} from '../../../../src-main/engine/formats/safetensors/tensor-file.ts';
import { thrownBy } from '../fixtures.ts';

/** A file from a header as text and so many bytes of data. */
function fileOf(header: string, dataBytes: number, length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const read = (bytes: Uint8Array): unknown => readSafetensors({ bytes, file: 'm.safetensors' });
const a = (from: number, to: number, shape = '[2]', dtype = 'F32'): string =>
  `"a":{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}`;

describe('the format', () => {
  it('is u64 length, JSON, data', () => {
    const { tensors, metadata } = readSafetensors({
      bytes: fileOf(`{"__metadata__":{"by":"me"},${a(0, 8)}}   `, 8),
      file: 'm.safetensors',
    });
    expect(metadata).toEqual({ by: 'me' });
    expect(tensors.get('a')).toEqual({ dtype: 'F32', shape: [2], data: new Uint8Array(8) });
  });

  it('allows any order in the header, scalars and empty tensors', () => {
    const header = `{"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]},${a(0, 8)},"c":{"dtype":"I8","shape":[0,4],"data_offsets":[8,8]},"d":{"dtype":"BOOL","shape":[],"data_offsets":[11,12]}}`;
    expect(readSafetensors({ bytes: fileOf(header, 12), file: 'm' }).tensors.size).toBe(4);
  });

  it('survives a round trip, whatever the tensors', () => {
    const itemBytes = { F64: 8, F32: 4, F16: 2, I64: 8, U8: 1 } as const;
    const tensor = fc
      .tuple(fc.constantFrom('F64', 'F32', 'F16', 'I64', 'U8'), fc.array(fc.nat(4), { maxLength: 4 }), fc.nat(255))
      .map(([dtype, shape, seed]): SafeTensor => {
        const length = shape.reduce((product, size) => product * size, itemBytes[dtype]);
        return { dtype, shape, data: Uint8Array.from({ length }, (_, i) => (i * 7 + seed) % 256) };
      });
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/^(__proto__|__metadata__|constructor|prototype|\d+)$/.test(text));
    fc.assert(
      fc.property(
        fc.dictionary(name, tensor, { maxKeys: 6, noNullPrototype: true }),
        fc.string({ unit: 'grapheme' }),
        (entries, note) => {
          const file = { tensors: new Map(Object.entries(entries)), metadata: { note } };
          const bytes = writeSafetensors(file);
          expect(readSafetensors({ bytes, file: 'm' })).toEqual(file);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe('strictness', () => {
  it.each([
    ['no header', new Uint8Array(7)],
    ['a header beyond the end', fileOf('{}', 0, 3n)],
    ['data that end early', fileOf(`{${a(0, 8)}}`, 7)],
  ])('%s is cut short', (_, bytes) => {
    expect(() => read(bytes)).toThrow(TruncatedSafetensorsError);
  });

  it.each([
    ['a header of 2⁶⁴ − 1 bytes', fileOf('{}', 0, 2n ** 64n - 1n)],
    ['a header of more than 100 MB', fileOf('{}', 0, 100_000_001n)],
    [
      '10 001 tensors',
      fileOf(
        `{${Array.from({ length: 10_001 }, (_, i) => `"t${i}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`).join()}}`,
        0,
      ),
    ],
  ])('%s is too large', (_, bytes) => {
    expect(() => read(bytes)).toThrow(SafetensorsTooLargeError);
  });

  it.each<[string, string, number]>([
    ['an array', '[]', 0],
    ['broken JSON', '{"a"', 0],
    ['a space before the object', ' {}', 0],
    ['bytes without a tensor', `{${a(0, 8)}}`, 9],
    ['a gap at the beginning', `{${a(1, 9)}}`, 9],
    ['an overlap', `{${a(0, 8)},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}`, 12],
    ['a size that does not fit the shape', `{${a(0, 4)}}`, 4],
    ['offsets backwards', `{${a(8, 0)}}`, 8],
    ['a negative offset', `{${a(-8, 0)}}`, 8],
    ['a fractional size', `{${a(0, 8, '[1.5]')}}`, 8],
    ['a negative size', `{${a(0, 8, '[-2]')}}`, 8],
    ['a rank of nine', `{${a(0, 4, '[1,1,1,1,1,1,1,1,1]')}}`, 4],
    ['an unknown dtype', `{${a(0, 8, '[2]', 'F8_E4M3')}}`, 8],
    ['a tensor twice', `{${a(0, 8)},${a(0, 8)}}`, 8],
    ['a tensor twice, once escaped', `{${a(0, 8)},${a(0, 8).replace('"a"', '"\\u0061"')}}`, 8],
    ['an unknown property', `{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":1}}`, 1],
    ['metadata that are no text', '{"__metadata__":{"n":1}}', 0],
    ['a key that pollutes prototypes', '{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1],
    ['nesting without end', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 0],
  ])('%s is malformed', (_, header, dataBytes) => {
    expect(() => read(fileOf(header, dataBytes))).toThrow(MalformedSafetensorsError);
  });

  it('text that is not UTF-8 is malformed', () => {
    const bytes = fileOf('{"x":{}}', 0);
    bytes[10] = 0xff;
    expect(() => read(bytes)).toThrow(MalformedSafetensorsError);
  });

  it('names the file and the tensor', () => {
    const error = thrownBy(() => read(fileOf(`{${a(0, 4)}}`, 4))) as Error;
    expect(error.message).toContain('"m.safetensors"');
    expect(error.message).toContain('"a"');
  });
});
