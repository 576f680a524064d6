// The page says of a figure what the report says of it; they are written apart, and may not disagree.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as report from '../../../src-main/services/report/numbers.ts';
import {
  formatChange,
  formatDifference,
  formatKept,
  formatTiny,
  formatWithInterval,
} from '../../../src-renderer/text/intervals.ts';

/** Both keep numbers and units on one line, each with a space of its own. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/gu, ' ');

const figures = fc
  .tuple(
    fc.integer({ min: -900_00, max: 900_00 }),
    fc.integer({ min: 1, max: 500_00 }),
    fc.integer({ min: 1, max: 500_00 }),
  )
  .map(([value, below, above]) => ({
    value: value / 100,
    interval: { low: (value - below) / 100, high: (value + above) / 100 },
  }));

describe('as the report says it', () => {
  it('a mean with its interval', () => {
    fc.assert(
      fc.property(figures, ({ value, interval }) => {
        expect(plain(formatWithInterval(value, interval))).toBe(plain(report.formatWithInterval(value, interval)));
      }),
    );
  });

  it('a difference with its interval', () => {
    fc.assert(
      fc.property(figures, ({ value, interval }) => {
        expect(plain(formatDifference(value, interval))).toBe(
          plain(report.formatDifferenceWithInterval(value, interval)),
        );
      }),
    );
  });

  it('a share that is kept', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_200_000 }), (millionths) => {
        expect(plain(formatKept(millionths / 1e6))).toBe(plain(report.formatShare(millionths / 1e6)));
      }),
    );
  });
});

it.each([
  [500, 500, '500.0 [500.0, 500.0]'],
  [-102.34, -102.34, '−102.3 [−102.3, −102.3]'],
])('where every episode returned the same, one decimal is shown: %d', (mean, bound, text) => {
  expect(plain(formatWithInterval(mean, { low: bound, high: bound }))).toBe(text);
});

it.each([
  [67_072, 20, '−99.970 %'],
  [67_072, 67_072, '0 %'],
  [512, 256, '−50 %'],
  [100, 150, '+50 %'],
  [0, 3, '–'],
])('a change from %d to %d is %s, with the digits that tell it from all', (before, after, text) => {
  expect(plain(formatChange(before, after)).replace('.0', '')).toBe(text.replace('.0', ''));
});

it.each([
  [2.4e-7, '2.4 × 10⁻⁷'],
  [9.96e-12, '1.0 × 10⁻¹¹'],
  [0, '0'],
  [0.0123, '0.012'],
])('nearly nothing: %d is %s', (value, text) => {
  expect(formatTiny(value)).toBe(text);
});
