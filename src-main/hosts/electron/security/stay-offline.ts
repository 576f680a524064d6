// Rule: the page fetches from its own origin and nowhere else, whatever its policy says.
import type { Session } from 'electron';
import { isOfPage } from './page-address.ts';

/** Made by the page itself, or by the developer tools that the person opened. */
const WITHOUT_NETWORK = new Set(['blob:', 'data:', 'devtools:']);

export function mayFetch(address: string, page: URL): boolean {
  const url = new URL(address);
  if (WITHOUT_NETWORK.has(url.protocol)) return true;
  // The socket of a served page has the page's host, on another scheme.
  if (url.protocol === 'ws:') url.protocol = 'http:';
  return isOfPage(url.href, page);
}

export function stayOffline(session: Session, page: URL): void {
  session.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !mayFetch(request.url, page) });
  });
}
