// Rule: the window shows its page and nothing else; a link to one of the known sites opens in the person's browser.
import type { Event, WebContents } from 'electron';
import { isPageItself } from './page-address.ts';

/** @param openOutside decides itself what it opens */
export function denyNavigation(contents: WebContents, page: URL, openOutside: (address: string) => void): void {
  /** Where it goes, the event says itself; before Electron 25 it did not. */
  const judge = (event: Pick<Event, 'preventDefault'> & { readonly url?: string }, older: string): void => {
    const address = event.url ?? older;
    if (isPageItself(address, page)) return; // reloading
    event.preventDefault();
    openOutside(address);
  };
  contents.on('will-navigate', judge);
  contents.on('will-redirect', judge);
}
