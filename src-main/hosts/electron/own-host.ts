// A window on the store of this machine: this process is the host, with a utility process for each job.
import { Menu, Tray, app, dialog, ipcMain, nativeTheme, protocol, shell, utilityProcess } from 'electron';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../../contract/api/event.ts';
import { Application } from '../../services/application.ts';
import { tendStore } from '../../services/tend-store.ts';
import { openServices } from '../open-services.ts';
import { PAGE_FOLDER, readPageFiles } from '../page-files.ts';
import { connectWindow, eventSender } from './contract-ipc.ts';
import type { OpenedWindow } from './opened-window.ts';
import { PAGE_ADDRESS, servePageInWindow } from './security/page-protocol.ts';
import { windowSurroundings } from './surroundings.ts';
import { textsOf } from './texts/choose-texts.ts';
import type { Texts } from './texts/texts.ts';
import { utilityProcessJobHost } from './utility-process-job-host.ts';
import { Background } from './window/background.ts';
import { askAboutRuns, askBeforeClosing } from './window/closing.ts';
import { applyTheme } from './window/colours.ts';
import { TRAY_ICON, WINDOW_ICON } from './window/icons.ts';
import { menuTemplate } from './window/menu.ts';
import { openWindow, rememberPlace } from './window/open-window.ts';

/** Relative to the built file, out/main/main.cjs. */
const workerEntry = fileURLToPath(new URL('./job.cjs', import.meta.url));
const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url));

/** @throws PageNotBuiltError, the errors of `openServices` */
export async function openOwnHost(options: {
  readonly storeFolder: string;
  readonly windowFolder: string;
}): Promise<OpenedWindow> {
  const files = await readPageFiles(PAGE_FOLDER);
  const jobHost = utilityProcessJobHost((...args) => utilityProcess.fork(...args), workerEntry);
  const services = await openServices({ storeFolder: options.storeFolder, jobHost });
  const { store } = services;
  await tendStore(services);
  const texts = (): Texts => textsOf(store.settings.read().language, app.getLocale());

  applyTheme(nativeTheme, store.settings.read().theme);
  const placeFile = join(options.windowFolder, 'place.json');
  const window = await openWindow({ placeFile, icon: WINDOW_ICON, preferences: { preload } });
  const surroundings = windowSurroundings({ dialog, shell, window });
  const application = new Application(services, surroundings);
  const { board } = application;
  const background = new Background({
    window,
    board,
    newTray: (menu) => {
      const tray = new Tray(TRAY_ICON);
      tray.setContextMenu(Menu.buildFromTemplate(menu));
      return tray;
    },
    texts: () => texts().tray,
  });

  const sayToPage = eventSender(window.webContents);
  const say = (command: Command): void => {
    background.leave();
    sayToPage([{ type: 'command', command }]);
  };
  const showMenu = (): void => {
    const template = menuTemplate({ platform: process.platform, texts: texts().menu, say });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  showMenu();
  const stopListening = application.listen((events) => {
    background.hear(events);
    for (const event of events) {
      if (event.type !== 'settings') continue;
      applyTheme(nativeTheme, event.settings.theme);
      showMenu();
    }
  });

  askBeforeClosing(window, {
    board,
    ask: (runs) => askAboutRuns(dialog, window, texts().closing, runs),
    goToBackground: () => {
      background.enter();
    },
  });
  const disconnect = connectWindow(ipcMain, application, { contents: window.webContents, page: PAGE_ADDRESS });
  const writePlace = rememberPlace(window, placeFile);
  servePageInWindow(protocol, files);

  return {
    window,
    texts,
    load: () => window.loadURL(PAGE_ADDRESS.href),
    show: () => {
      background.leave();
    },
    close: async () => {
      disconnect();
      await writePlace();
      await application.close();
      stopListening();
      store.close();
    },
  };
}
