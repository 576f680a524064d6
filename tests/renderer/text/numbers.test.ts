// Numbers as people read them.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatMicroseconds,
  formatNumber,
  formatPercent,
  formatPoints,
  formatReturn,
} from '../../../src-renderer/text/numbers.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ').replaceAll('−', '-');

it.each([
  [0, '0'],
  [999, '999'],
  [67072, '67 072'],
  [1234567, '1 234 567'],
  [-67072, '-67 072'],
])('%d counts as "%s"', (value, text) => {
  expect(plain(formatCount(value))).toBe(text);
});

it.each([
  [0, '0 %'],
  [1, '100 %'],
  [0.5, '50 %'],
  [0.123, '12.3 %'],
  [0.9902, '99.02 %'],
  [0.99995, '99.995 %'],
  [-0.25, '-25 %'],
  [-0.9997, '-99.97 %'],
])('the share %d is "%s"', (share, text) => {
  expect(plain(formatPercent(share))).toBe(text);
});

it('a share is never rounded to none or all of it', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true }), (share) => {
      expect(['0 %', '100 %', '0.0 %', '100.0 %']).not.toContain(plain(formatPercent(share)));
    }),
  );
});

it.each([
  [0, undefined, '0.0'],
  [500, { low: 500, high: 500 }, '500.0'],
  [-102.345, { low: -105, high: -99 }, '-102.3'],
  [-1234.5, { low: -1300, high: -1150 }, '-1235'],
  [9.8765, { low: 9.87, high: 9.88 }, '9.88'],
])('the return %d in %o is "%s"', (mean, interval, text) => {
  expect(plain(formatReturn(mean, interval))).toBe(text);
});

it.each([
  [formatBytes(812), '812 B'],
  [formatBytes(270_336), '270 kB'],
  [formatBytes(1_884_000), '1.88 MB'],
  [formatMicroseconds(0.16), '160 ns'],
  [formatMicroseconds(6.5), '6.5 µs'],
  [formatMicroseconds(12_345), '12.3 ms'],
  [formatDuration(12.3), '12 s'],
  [formatDuration(200), '3 min 20 s'],
  [formatDuration(3900), '1 h 05 min'],
  [formatDuration(Infinity), '–'],
  [formatNumber(0.00123), '0.00123'],
  [formatNumber(-1234567), '-1.23e+6'],
])('%s is "%s"', (text, expected) => {
  expect(plain(text)).toBe(expected);
});

it.each([
  [0.375, '37.5'],
  [-0.5, '-50'],
  [0.00123, '0.123'],
  [0, '0'],
])('a difference of %d of a share is %s points', (difference, text) => {
  expect(plain(formatPoints(difference))).toBe(text);
});
