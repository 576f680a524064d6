// Brings the page into the window. That loading is cut short is no failure: the person closed the window, or a rule stopped
// the page from going elsewhere meanwhile, which Electron reports as if it concerned the page.
import type { BrowserWindow } from 'electron';

/** @throws Error with the code of Chromium, "ERR_CONNECTION_REFUSED" */
export async function loadPage(window: Pick<BrowserWindow, 'once' | 'loadURL'>, address: URL): Promise<void> {
  let closed = false as boolean;
  window.once('close', () => {
    closed = true;
  });
  try {
    await window.loadURL(address.href);
  } catch (error) {
    if (!closed && (error as { readonly code?: unknown }).code !== 'ERR_ABORTED') throw error;
  }
}
