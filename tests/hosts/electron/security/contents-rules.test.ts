// The rules that listen to a page's contents, on stand-ins for Electron's.
import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { denyFrames } from '../../../../src-main/hosts/electron/security/deny-frames.ts';
import { denyNavigation } from '../../../../src-main/hosts/electron/security/deny-navigation.ts';
import { denyPermissions } from '../../../../src-main/hosts/electron/security/deny-permissions.ts';
import { denyWindows } from '../../../../src-main/hosts/electron/security/deny-windows.ts';
import { PAGE_PREFERENCES } from '../../../../src-main/hosts/electron/security/page-preferences.ts';
import { stayOffline } from '../../../../src-main/hosts/electron/security/stay-offline.ts';

const page = new URL('app://secateur/');

/** Whether what the event announces is prevented. */
function isPrevented(contents: EventEmitter, name: string, details: object, ...rest: unknown[]): boolean {
  let prevented = false;
  const preventDefault = (): void => {
    prevented = true;
  };
  contents.emit(name, { ...details, preventDefault }, ...rest);
  return prevented;
}

describe('navigation', () => {
  it.each(['will-navigate', 'will-redirect'])('%s is prevented but for the page itself', (name) => {
    const contents = new EventEmitter();
    const outside: string[] = [];
    denyNavigation(contents as unknown as WebContents, page, (address) => outside.push(address));
    expect(isPrevented(contents, name, {}, 'app://secateur/')).toBe(false);
    expect(isPrevented(contents, name, { url: 'app://secateur/' })).toBe(false);
    for (const address of ['https://arxiv.org/', 'file:///etc/passwd', 'app://secateur/else']) {
      expect(isPrevented(contents, name, {}, address), address).toBe(true);
    }
    expect(isPrevented(contents, name, { url: 'https://doi.org/' })).toBe(true);
    expect(outside).toEqual(['https://arxiv.org/', 'file:///etc/passwd', 'app://secateur/else', 'https://doi.org/']);
  });
});

it('further windows are denied, whatever they are to show', () => {
  let decide: (details: { url: string }) => unknown = () => undefined;
  const outside: string[] = [];
  const contents = {
    setWindowOpenHandler: (handler: typeof decide) => {
      decide = handler;
    },
  };
  denyWindows(contents as unknown as WebContents, (address) => outside.push(address));
  for (const url of ['app://secateur/', 'about:blank', 'https://arxiv.org/']) {
    expect(decide({ url })).toEqual({ action: 'deny' });
  }
  expect(outside).toEqual(['app://secateur/', 'about:blank', 'https://arxiv.org/']);
});

it('nothing is embedded', () => {
  const contents = new EventEmitter();
  denyFrames(contents as unknown as WebContents);
  expect(isPrevented(contents, 'will-attach-webview', {})).toBe(true);
  expect(isPrevented(contents, 'will-frame-navigate', { isMainFrame: false })).toBe(true);
  expect(isPrevented(contents, 'will-frame-navigate', { isMainFrame: true })).toBe(false);
});

describe('permissions', () => {
  type Answer = (granted: boolean) => void;
  interface Handlers {
    check(contents: unknown, permission: string, origin: string): boolean;
    request(contents: unknown, permission: string, answer: Answer, details: { requestingUrl: string }): void;
    device(): boolean;
    display(request: unknown, answer: (streams: object) => void): void;
  }
  const handlers: Partial<Handlers> = {};
  const keep =
    <Name extends keyof Handlers>(name: Name) =>
    (handler: Handlers[Name]): void => {
      handlers[name] = handler;
    };
  const session = {
    setPermissionCheckHandler: keep('check'),
    setPermissionRequestHandler: keep('request'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display'),
  };
  denyPermissions(session as unknown as Session, page);

  const isRequested = (permission: string, requestingUrl: string): boolean => {
    let granted: boolean | null = null;
    handlers.request!(null, permission, (answer) => (granted = answer), { requestingUrl });
    return granted!;
  };

  it.each([
    'media',
    'geolocation',
    'notifications',
    'midiSysex',
    'pointerLock',
    'fullscreen',
    'openExternal',
    'clipboard-read',
    'hid',
    'serial',
    'usb',
    'unknown',
  ])('%s is denied when it is asked for and when it is checked', (permission) => {
    expect(isRequested(permission, page.href)).toBe(false);
    expect(handlers.check!(null, permission, 'app://secateur')).toBe(false);
  });

  it('the page, and no other, may write to the clipboard', () => {
    expect(isRequested('clipboard-sanitized-write', page.href)).toBe(true);
    expect(handlers.check!(null, 'clipboard-sanitized-write', 'app://secateur')).toBe(true);
    expect(isRequested('clipboard-sanitized-write', 'https://example.org/')).toBe(false);
    expect(handlers.check!(null, 'clipboard-sanitized-write', '')).toBe(false);
  });

  it('devices and the screen are never handed out', () => {
    expect(handlers.device!()).toBe(false);
    let streams: object | null = null;
    handlers.display!({}, (given) => (streams = given));
    expect(streams).toEqual({});
  });
});

it('requests to elsewhere are cancelled', () => {
  let judge: (request: { url: string }, answer: (response: { cancel: boolean }) => void) => void = () => undefined;
  const session = {
    webRequest: {
      onBeforeRequest: (handler: typeof judge) => {
        judge = handler;
      },
    },
  };
  stayOffline(session as unknown as Session, page);
  const isCancelled = (url: string): boolean | null => {
    let cancelled: boolean | null = null;
    judge({ url }, ({ cancel }) => (cancelled = cancel));
    return cancelled;
  };
  expect(isCancelled('https://example.org/')).toBe(true);
  expect(isCancelled('app://secateur/index.html')).toBe(false);
});

it('the page is sandboxed, apart, and without Node', () => {
  expect(PAGE_PREFERENCES).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
});
