// How fluent a page is, by the times between its frames.
import type { Page } from 'playwright-core';

export interface Frames {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;

/** @param times between frames, in milliseconds */
export function framesOf(times: readonly number[]): Frames {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    perSecond: (1000 * times.length) / times.reduce((sum, time) => sum + time, 0),
    medianMs: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
  };
}

export const describeFrames = ({ perSecond, medianMs, p99Ms }: Frames): string =>
  `${perSecond.toFixed(1)} frames/s, median ${medianMs.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;

/** Of a page that is left alone. */
export async function watchFrames(page: Page, milliseconds: number): Promise<Frames> {
  const times = await page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const between: number[] = [];
        let [start, last] = [0, 0];
        const step = (now: number): void => {
          if (start === 0) start = now;
          else between.push(now - last);
          last = now;
          if (now - start > duration) resolve(between);
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    milliseconds,
  );
  return framesOf(times);
}
