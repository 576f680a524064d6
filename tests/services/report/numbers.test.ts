import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  counted,
  formatBytes,
  formatCount,
  formatDecimals,
  formatDifferenceWithInterval,
  formatDuration,
  formatFactor,
  formatFineShare,
  formatMicroseconds,
  formatRelativeChange,
  formatRoundBytes,
  formatShare,
  formatTiny,
  formatWithInterval,
} from '../../../src-main/services/report/numbers.ts';

/** With ordinary spaces and hyphens. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('−', '-');
const parsed = (text: string): number => Number(plain(text).replace(/[ %]/g, ''));

describe('counts', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [67072, '67 072'],
    [1234567, '1 234 567'],
    [-1500, '-1 500'],
  ])('%d is "%s"', (value, text) => {
    expect(plain(formatCount(value))).toBe(text);
  });

  it('never writes a minus before zero', () => {
    expect(formatDecimals(-0.04, 1)).toBe('0.0');
    expect(plain(formatDecimals(-0.06, 1))).toBe('-0.1');
  });

  it('knows one from many', () => {
    expect(plain(counted(1, 'weight'))).toBe('1 weight');
    expect(plain(counted(0, 'weight'))).toBe('0 weights');
  });

  it('reads back as the same number', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => parsed(formatCount(value)) === value));
  });
});

describe('estimates', () => {
  it.each([
    [500, 500, 500, '500.0 [500.0, 500.0]'],
    [498.66, 496.21, 500, '498.7 [496.2, 500.0]'],
    [371.42, 343.1, 398.2, '371 [343, 398]'],
    [0.7312, 0.7205, 0.7401, '0.7312 [0.7205, 0.7401]'],
    [-83.27, -85.9, -80.4, '-83.3 [-85.9, -80.4]'],
    [12345.6, 11000, 13000, '12 346 [11 000, 13 000]'],
  ])('%d in [%d, %d] is "%s"', (mean, low, high, text) => {
    expect(plain(formatWithInterval(mean, { low, high }))).toBe(text);
  });

  it('signs differences, but not zero', () => {
    expect(plain(formatDifferenceWithInterval(-1.34, { low: -3.79, high: 1.02 }))).toBe('-1.3 [-3.8, +1.0]');
    expect(plain(formatDifferenceWithInterval(0, { low: 0, high: 0 }))).toBe('0.0 [0.0, 0.0]');
  });

  it('rounds by less than a tenth of the interval', () => {
    const width = fc.double({ min: 1e-2, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: -1e4, max: 1e4, noNaN: true }), width, (mean, half) => {
        const [shown = ''] = formatWithInterval(mean, { low: mean - half, high: mean + half }).split(' [');
        expect(Math.abs(parsed(shown) - mean)).toBeLessThanOrEqual(Math.max(0.5, half * 0.1));
      }),
    );
  });
});

describe('shares', () => {
  it.each([
    [0.95, '95 %'],
    [0.997, '99.7 %'],
    [0.9999, '99.9 %'],
    [1, '100 %'],
    [1.0234, '102.3 %'],
  ])('%d is "%s"', (share, text) => {
    expect(plain(formatShare(share))).toBe(text);
  });

  it('never flatters', () => {
    const share = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(fc.property(share, (value) => parsed(formatShare(value)) <= 100 * value + 1e-6));
  });

  it('never says that everything went when something is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 1e7 }), (left, total) => {
        fc.pre(left < total);
        const shown = parsed(formatFineShare(1 - left / total));
        expect(shown).toBeGreaterThan(0);
        expect(shown).toBeLessThan(100);
      }),
    );
  });
});

describe('changes', () => {
  it.each([
    [67072, 26, '-99.961 %'],
    [100, 100, '0 %'],
    [100, 150, '+50.0 %'],
    [100, 0, '-100 %'],
    [0, 5, '–'],
  ])('%d → %d is "%s"', (before, after, text) => {
    expect(plain(formatRelativeChange(before, after))).toBe(text);
  });

  it.each([
    [67072, 20, 3, '3 354× fewer'],
    [5.2, 0.14, 2, '37× fewer'],
    [10, 10, 2, 'unchanged'],
    [100, 101, 2, 'about the same'],
    [10, 14, 2, '1.4× more'],
    [10, 0, 2, 'fewer'],
  ])('%d → %d with %d digits is "%s"', (before, after, digits, text) => {
    expect(plain(formatFactor({ before, after, less: 'fewer', more: 'more', digits }))).toBe(text);
  });
});

it.each([
  [formatBytes(271368), '271 368 B'],
  [formatRoundBytes(999), '999 B'],
  [formatRoundBytes(271368), '271.4 kB'],
  [formatRoundBytes(6_820_000), '6.8 MB'],
  [formatMicroseconds(0.1374), '0.14 µs'],
  [formatMicroseconds(512.4), '512 µs'],
  [formatDuration(0.42), '0.42 s'],
  [formatDuration(22.4), '22 s'],
  [formatDuration(200), '3 min 20 s'],
  [formatDuration(7500), '2 h 5 min'],
  [formatTiny(0), '0'],
  [formatTiny(2.38e-7), '2.4 × 10⁻⁷'],
  [formatTiny(0.0132), '0.013'],
])('%s', (shown, expected) => {
  expect(plain(shown)).toBe(expected);
});
