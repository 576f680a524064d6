// Numbers for people: as many digits as mean something, units always, a real minus sign.

const MINUS = '−';
const signed = (text: string): string => text.replace('-', MINUS);

/** 67072 → "67 072" with thin spaces that do not break. */
export function formatCount(value: number): string {
  const rounded = Math.round(value);
  const grouped = String(Math.abs(rounded)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return rounded < 0 ? MINUS + grouped : grouped;
}

/** Three significant digits, no exponent in the range that people read: 0.00123, 12.3, 4570. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e6 || magnitude < 1e-4) return signed(value.toExponential(digits - 1));
  if (magnitude >= 10 ** digits) return formatCount(value);
  return signed(String(Number(value.toPrecision(digits))));
}

/** Where there is little room: "512", "65.5 k", "3.28 M". */
export function formatShort(value: number): string {
  if (value < 10_000) return formatCount(value);
  if (value < 999_500) return `${formatNumber(value / 1e3)}\u202fk`;
  return `${formatNumber(value / 1e6)}\u202fM`;
}

/** A share as "98.5 %"; near 0 and 1 with the digits that tell it apart from them. */
export function formatPercent(share: number): string {
  const percent = 100 * share;
  const distance = Math.min(Math.abs(percent), Math.abs(100 - Math.abs(percent)));
  const digits = distance === 0 ? 0 : distance < 0.15 ? 3 : distance < 1.5 ? 2 : 1;
  return `${signed(String(Number(percent.toFixed(digits))))}\u202f%`;
}

/** A difference of two shares in points, without their name: 0.375 → "37.5". */
export function formatPoints(difference: number): string {
  const points = 100 * difference;
  const size = Math.abs(points);
  const digits = size === 0 ? 0 : size < 0.15 ? 3 : size < 1.5 ? 2 : 1;
  return signed(String(Number(points.toFixed(digits))));
}

/** Of a scale: "50 %". */
export function formatWholePercent(share: number): string {
  return `${signed(String(Math.round(100 * share)))}\u202f%`;
}

/** A mean return with as many decimals as its interval supports. */
export function formatReturn(mean: number, interval?: { readonly low: number; readonly high: number }): string {
  const width = interval === undefined ? Math.abs(mean) / 100 : interval.high - interval.low;
  const decimals = width === 0 ? 1 : Math.min(2, Math.max(0, 1 - Math.floor(Math.log10(width))));
  return signed(mean.toFixed(Number.isFinite(decimals) ? decimals : 1));
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes}\u202fB`;
  if (bytes < 1e6) return `${formatNumber(bytes / 1e3)}\u202fkB`;
  return `${formatNumber(bytes / 1e6)}\u202fMB`;
}

export function formatMicroseconds(microseconds: number): string {
  if (microseconds < 1) return `${formatNumber(microseconds * 1000)}\u202fns`;
  if (microseconds < 1000) return `${formatNumber(microseconds)}\u202fµs`;
  return `${formatNumber(microseconds / 1000)}\u202fms`;
}

/** "1 h 05 min", "3 min 20 s", "12 s" */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
  if (whole >= 60) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${whole} s`;
}

/** "14:02" today, "3 May" this year, "3 May 2025" before; in the language of the page. */
export function formatTime(milliseconds: number, languageId: string, now: number): string {
  const [time, today] = [new Date(milliseconds), new Date(now)];
  const locale = languageId === 'zh' ? 'zh-CN' : 'en-GB';
  if (time.toDateString() === today.toDateString()) {
    return time.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  }
  const year = time.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return time.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...year });
}
