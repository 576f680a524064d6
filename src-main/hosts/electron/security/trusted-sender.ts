// Rule: what asks over IPC is the main frame of our window, with our page in it.
import type { WebContents, WebFrameMain } from 'electron';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { isPageItself } from './page-address.ts';

/** Somebody else found the line to the host. */
export class UntrustedSenderError extends SecateurError {
  readonly kind = 'refused';

  constructor(address: string) {
    super(`"${address}" may not ask the host`, 'Only the page of the window may.');
  }
}

/** @throws UntrustedSenderError */
export function checkSender(
  event: { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null },
  trusted: { readonly contents: WebContents; readonly page: URL },
): void {
  const frame = event.senderFrame; // null when it has gone meanwhile
  const isMainFrame = event.sender === trusted.contents && frame !== null && frame.parent === null;
  if (!isMainFrame || !isPageItself(frame.url, trusted.page)) {
    throw new UntrustedSenderError(frame?.url.slice(0, 100) ?? 'a frame that is gone');
  }
}
