// Loading the page: what is a failure, and what only looks like one.
import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, it } from 'vitest';
import { loadPage } from '../../../../src-main/hosts/electron/window/load-page.ts';

/** A window whose page fails to load with this code, after what else happens. */
function failing(code: string, meanwhile: (window: EventEmitter) => void = () => undefined): BrowserWindow {
  const window = Object.assign(new EventEmitter(), {
    loadURL: (address: string) => {
      meanwhile(window);
      return Promise.reject(Object.assign(new Error(`${code} loading '${address}'`), { code }));
    },
  });
  return window as unknown as BrowserWindow;
}

const page = new URL('app://secateur/');

it('a page that cannot be loaded is a failure', async () => {
  await expect(loadPage(failing('ERR_CONNECTION_REFUSED'), page)).rejects.toThrow(
    /REFUSED loading 'app:\/\/secateur\/'/,
  );
  await expect(loadPage(failing('ERR_FAILED'), page)).rejects.toThrow(/ERR_FAILED/);
});

it('a denied navigation while it loads is none', async () => {
  await expect(loadPage(failing('ERR_ABORTED'), page)).resolves.toBeUndefined();
});

it('a window that is closed while it loads is none', async () => {
  const closedMeanwhile = failing('ERR_FAILED', (window) => {
    window.emit('close');
  });
  await expect(loadPage(closedMeanwhile, page)).resolves.toBeUndefined();
});
