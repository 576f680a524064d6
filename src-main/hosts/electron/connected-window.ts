// A window on a host that runs elsewhere: the page of `secateur serve`, which brings its own contract over a socket. It gets
// no preload, so nothing of this process.
import { Menu, app } from 'electron';
import { join } from 'node:path';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { OpenedWindow } from './opened-window.ts';
import { textsOf } from './texts/choose-texts.ts';
import type { Texts } from './texts/texts.ts';
import { WINDOW_ICON } from './window/icons.ts';
import { menuTemplate } from './window/menu.ts';
import { openWindow, rememberPlace } from './window/open-window.ts';

/** `--connect` names a place where nobody listens. */
export class HostUnreachableError extends SecateurError {
  readonly kind = 'environment';

  constructor(host: string, options: ErrorOptions) {
    super(
      `no Secateur answers at http://${host}/`,
      'See that `secateur serve` still runs there, and the SSH tunnel if there is one.',
      options,
    );
  }
}

export async function openConnectedWindow(options: {
  readonly address: URL;
  readonly windowFolder: string;
}): Promise<OpenedWindow> {
  const { address } = options;
  const texts = (): Texts => textsOf('system', app.getLocale());
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate({ platform: process.platform, texts: texts().menu, say: null })),
  );
  const placeFile = join(options.windowFolder, 'place.json');
  // In memory: the session's cookie ends with the window.
  const window = await openWindow({ placeFile, icon: WINDOW_ICON, preferences: { partition: 'connected' } });
  const writePlace = rememberPlace(window, placeFile);
  return {
    window,
    texts,
    load: async () => {
      try {
        await window.loadURL(address.href);
      } catch (error) {
        throw new HostUnreachableError(address.host, { cause: error });
      }
    },
    show: (connect) => {
      if (connect !== null && connect !== address.href) void window.loadURL(connect);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    close: writePlace,
  };
}
