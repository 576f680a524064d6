// Figures with the interval that says how far to trust them.
import { formatNumber } from './numbers.ts';

interface Interval {
  readonly low: number;
  readonly high: number;
}

const MINUS = '−';

/** Two significant digits of half the interval's width; one decimal where every episode returned the same. */
function decimalsOf({ low, high }: Interval): number {
  const half = (high - low) / 2;
  if (!(half > 0)) return 1;
  return Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(half))));
}

/** Thousands apart, a true minus, and no minus before zero. */
function fixed(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** "487.3 [479.1, 494.8]" */
export function formatWithInterval(value: number, interval: Interval): string {
  const decimals = decimalsOf(interval);
  return `${fixed(value, decimals)} [${fixed(interval.low, decimals)},\u00a0${fixed(interval.high, decimals)}]`;
}

/** "487.3 [479.1, 494.8]"; the mean alone where there was one seed, which says nothing of others. */
export function formatMeanOfSeeds({
  mean,
  interval,
}: {
  readonly mean: number;
  readonly interval: Interval | null;
}): string {
  return interval === null ? formatNumber(mean, 4) : formatWithInterval(mean, interval);
}

/** "+1.2 [−3.4, +5.8]" */
export function formatDifference(value: number, interval: Interval): string {
  const decimals = decimalsOf(interval);
  const [middle, low, high] = [value, interval.low, interval.high].map((number) => {
    const text = fixed(number, decimals);
    return Number(number.toFixed(decimals)) > 0 ? `+${text}` : text;
  });
  return `${middle!} [${low!},\u00a0${high!}]`;
}

/** A share that is kept, rounded down so that it is never flattered: "99.7 %". */
export function formatKept(share: number): string {
  const permille = Math.floor(1000 * share + 1e-9);
  return `${fixed(permille / 10, 1).replace(/\.0$/, '')}\u202f%`;
}

/** "97.1 % [96.2, 97.8]": the ends rounded down as well. */
export function formatSharesWithInterval(share: number, { low, high }: Interval): string {
  const [from, to] = [low, high].map((end) => formatKept(end).replace('\u202f%', ''));
  return `${formatKept(share)} [${from!},\u00a0${to!}]`;
}

/** "−99.97 %" of what was before; with the digits that tell it from all. */
export function formatChange(before: number, after: number): string {
  if (before === after) return `0\u202f%`;
  if (before === 0) return '–';
  const percent = 100 * Math.abs(1 - after / before);
  const distance = after < before ? Math.min(percent, 100 - percent) : percent;
  const decimals = distance === 0 ? 0 : Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(distance))));
  return `${after < before ? MINUS : '+'}${percent.toFixed(decimals)}\u202f%`;
}

/** "2.4 × 10⁻⁷": a difference that is nearly nothing. */
export function formatTiny(value: number): string {
  if (value === 0 || value >= 1e-3) return formatNumber(value, 2);
  const [mantissa = '', exponent = ''] = value.toExponential(1).split('e');
  const raised = exponent.replace('+', '').replace(/[-\d]/g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]!));
  return `${mantissa} × 10${raised}`;
}
