// Rule: the page opens no further windows; a link that asks for one opens in the person's browser, if it may.
import type { WebContents } from 'electron';

/** @param openOutside decides itself what it opens */
export function denyWindows(contents: WebContents, openOutside: (address: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}
