// Numbers as a person reads them: as many digits as the interval supports, thousands apart, true minus signs, units.
import type { Interval } from '../../contract/evaluation.ts';

/** Keeps "67 072" and "95 %" on one line. */
export const NBSP = '\u00a0';
const MINUS = '\u2212';

/** Thousands apart, minus for hyphen; a rounded −0 is 0. */
export function formatDecimals(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, NBSP) + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && /[1-9]/.test(digits) ? MINUS + digits : digits;
}

export const formatCount = (value: number): string => formatDecimals(value, 0);

/** "1 weight", "20 weights". */
export const counted = (value: number, noun: string): string =>
  `${formatCount(value)}${NBSP}${value === 1 ? noun : `${noun}s`}`;

/** Decimals that show `digits` significant digits of a magnitude; none for whole numbers of that many digits. */
function decimalsFor(magnitude: number, digits: number): number {
  if (magnitude === 0) return 0;
  return Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(magnitude)))));
}

export const formatSignificant = (value: number, digits: number): string =>
  formatDecimals(value, decimalsFor(value, digits));

/** Two significant digits of half the interval's width; one decimal where every episode returned the same. */
function decimalsOf({ low, high }: Interval): number {
  const half = (high - low) / 2;
  if (half > 0) return Math.min(4, decimalsFor(half, 2));
  return low !== 0 && Math.abs(low) < 1 ? Math.min(4, decimalsFor(low, 3)) : 1;
}

/** "487.3 [479.1, 494.8]". */
export function formatWithInterval(value: number, interval: Interval): string {
  const decimals = decimalsOf(interval);
  const [middle, low, high] = [value, interval.low, interval.high].map((number) => formatDecimals(number, decimals));
  return `${middle!} [${low!},${NBSP}${high!}]`;
}

const signed = (text: string): string => (text.startsWith(MINUS) || !/[1-9]/.test(text) ? text : `+${text}`);

/** "+1.2 [−3.4, +5.8]". */
export function formatDifferenceWithInterval(value: number, interval: Interval): string {
  const decimals = decimalsOf(interval);
  const [middle, low, high] = [value, interval.low, interval.high].map((number) =>
    signed(formatDecimals(number, decimals)),
  );
  return `${middle!} [${low!},${NBSP}${high!}]`;
}

/** "95 %", "99.7 %": one decimal unless it is zero, and rounded down, so that what is kept is never flattered. */
export function formatShare(share: number): string {
  const permille = Math.floor(1000 * share + 1e-9);
  return `${formatDecimals(permille / 10, 1).replace(/\.0$/, '')}${NBSP}%`;
}

/** "97.1 % [96.2, 97.8]": the ends as they are rounded against the claim. */
export function formatSharesWithInterval(share: number, { low, high }: Interval): string {
  const percent = (value: number): string => formatShare(value).slice(0, -2);
  return `${formatShare(share)} [${percent(low)},${NBSP}${percent(high)}]`;
}

/** A share near its ends keeps the digits that say how near: "99.961 %", never a rounded "100 %". */
export function formatFineShare(share: number): string {
  const percent = 100 * share;
  const toTheEnd = Math.min(Math.abs(percent), Math.abs(100 - percent));
  return `${formatDecimals(percent, toTheEnd === 0 ? 0 : Math.max(1, decimalsFor(toTheEnd, 2)))}${NBSP}%`;
}

/** The change of an exact amount: "−99.961 %", "0 %"; "–" from nothing. */
export function formatRelativeChange(before: number, after: number): string {
  if (before === after) return `0${NBSP}%`;
  if (before === 0) return '–';
  return after < before ? MINUS + formatFineShare(1 - after / before) : `+${formatFineShare(after / before - 1)}`;
}

/**
 * "2 580× fewer", "1.4× more", "unchanged".
 * @param digits significant ones that the measurement deserves
 */
export function formatFactor(options: {
  readonly before: number;
  readonly after: number;
  readonly less: string;
  readonly more: string;
  readonly digits: number;
}): string {
  const { before, after, less, more, digits } = options;
  if (before === after) return 'unchanged';
  if (before === 0 || after === 0) return after < before ? less : more;
  const factor = formatSignificant(Math.max(before / after, after / before), digits);
  if (/^1(\.0*)?$/.test(factor)) return 'about the same';
  return `${factor}× ${after < before ? less : more}`;
}

export const formatBytes = (bytes: number): string => `${formatCount(bytes)}${NBSP}B`;

/** SI: "1.1 kB". */
export function formatRoundBytes(bytes: number): string {
  if (bytes < 1000) return formatBytes(bytes);
  return bytes < 1e6 ? `${formatDecimals(bytes / 1e3, 1)}${NBSP}kB` : `${formatDecimals(bytes / 1e6, 1)}${NBSP}MB`;
}

/** Two digits: a median of a time varies more than the third from one run to the next. */
export const formatMicroseconds = (microseconds: number): string => `${formatSignificant(microseconds, 2)}${NBSP}µs`;

/** "22 s", "3 min 20 s", "2 h 5 min". */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 1) return `${formatSignificant(seconds, 2)}${NBSP}s`;
  if (whole < 60) return `${formatCount(whole)}${NBSP}s`;
  const [large, small, units] =
    whole < 3600
      ? [Math.floor(whole / 60), whole % 60, ['min', 's']]
      : [Math.floor(whole / 3600), Math.round((whole % 3600) / 60), ['h', 'min']];
  return `${formatCount(large)}${NBSP}${units[0]!} ${formatCount(small)}${NBSP}${units[1]!}`;
}

/** Of an output: "0", "2.4 × 10⁻⁷", "0.013". */
export function formatTiny(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-3) return formatSignificant(value, 2);
  const [digits = '', exponent = ''] = value.toExponential(1).split('e');
  const superscript = exponent.replaceAll(/./g, (sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]!));
  return `${digits.replace('-', MINUS)}${NBSP}×${NBSP}10${superscript}`;
}
