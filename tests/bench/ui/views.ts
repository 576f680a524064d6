// How long a view takes from the click that opens it until all of it is drawn.
import type { Page } from 'playwright-core';

/** @param address of the view @param shows text that only the finished view has @returns milliseconds */
export function openView(page: Page, address: string, shows: string): Promise<number> {
  return page.evaluate(
    ([hash, text]) =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        location.hash = hash;
        const look = (): void => {
          const there = document.body.innerText.includes(text) && document.querySelector('.skeleton') === null;
          // The frame after the one in which it is there has drawn it.
          if (there)
            requestAnimationFrame(() => {
              resolve(performance.now() - started);
            });
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
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
