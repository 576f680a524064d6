import { zlibSync } from 'fflate';
import { expect, it } from 'vitest';
import { decodePixels } from '../../../src-renderer/charts/picture.ts';

const compressed = (bytes: readonly number[]): string =>
  Buffer.from(zlibSync(Uint8Array.from(bytes))).toString('base64');

it('makes opaque pixels of compressed RGB, rows from the top', () => {
  const pixels = compressed([1, 2, 3, 4, 5, 6, 250, 251, 252, 253, 254, 255]);
  expect([...decodePixels({ width: 2, height: 2, pixels })]).toEqual([
    ...[1, 2, 3, 255],
    ...[4, 5, 6, 255],
    ...[250, 251, 252, 255],
    ...[253, 254, 255, 255],
  ]);
});

it('refuses pixels that are not as many as they should be', () => {
  expect(() => decodePixels({ width: 3, height: 2, pixels: compressed([1, 2, 3]) })).toThrow(RangeError);
});
