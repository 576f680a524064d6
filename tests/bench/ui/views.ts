// How long a view takes from the click that opens it until all of it is drawn.
import type { Page } from 'playwright-core';

export interface Opening {
  /** Milliseconds until what the store has is drawn. */
  readonly stored: number;
  /** Until nothing is missing, what a worker computes for the view included. */
  readonly whole: number;
}

/** @param address of the view @param shows text that the view has once the store has answered */
export function openView(page: Page, address: string, shows: string): Promise<Opening> {
  return page.evaluate(
    ([hash, text]) =>
      new Promise<Opening>((resolve) => {
        const started = performance.now();
        // The frame after the one in which it is there has drawn it.
        const whenDrawn = (isThere: () => boolean, then: () => void): void => {
          requestAnimationFrame(() => {
            if (isThere()) requestAnimationFrame(then);
            else whenDrawn(isThere, then);
          });
        };
        const isShown = (): boolean => document.querySelector('main')!.innerText.includes(text);
        const isWhole = (): boolean => document.querySelector('.skeleton') === null;
        location.hash = hash;
        whenDrawn(isShown, () => {
          const stored = performance.now() - started;
          whenDrawn(isWhole, () => {
            resolve({ stored, whole: performance.now() - started });
          });
        });
      }),
    [address, shows] as const,
  );
}

/** Of a page that opens for the first time. @returns milliseconds from the request until somebody can click */
export async function openPage(page: Page, url: string, shows: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByText(shows).first().waitFor();
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() => {
          resolve(performance.now());
        });
      }),
  );
}
