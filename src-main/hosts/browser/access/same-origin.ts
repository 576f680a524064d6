// Against other pages of the same browser: what changes something, and the socket, must come from our own page.

/**
 * Exactly the origin that the page was served from; a request without one does not come from a page.
 * @param host the header `Host`, allowed already
 */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && origin === `http://${host ?? ''}`;
}
