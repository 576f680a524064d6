// The desktop door: one window, on a store of this machine or on a host that runs elsewhere. The main process of Electron.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol, shell } from 'electron';
import { toProblem } from '../../contract/secateur-error.ts';
import { toFileError } from '../../store/file-errors.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { chooseStoreFolder } from '../store-folder.ts';
import { openConnectedWindow } from './connected-window.ts';
import type { OpenedWindow } from './opened-window.ts';
import { openOwnHost } from './own-host.ts';
import { guardPage } from './security/guard-page.ts';
import { PAGE_ADDRESS, PAGE_SCHEME_REGISTRATION } from './security/page-protocol.ts';
import { parseStartOptions, type StartOptions } from './start-options.ts';
import { reloadAfterCrash } from './window/reload-after-crash.ts';

/** What a second start tells the first. */
interface SecondStart {
  readonly connect: string | null;
}

let opened: OpenedWindow | null = null;

/** At once, without the questions of a window that closes. */
function leave(code: number): void {
  opened = null;
  app.exit(code);
}

/** For a person at a terminal, and for one who has none. */
function report(error: unknown): void {
  const problem = toProblem(error);
  process.stderr.write(`error: ${problem.message}. ${problem.hint}\n`);
  if (problem.kind === 'internal' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  if (app.isPackaged) dialog.showErrorBox('Secateur', `${problem.message}.\n\n${problem.hint}`);
  leave(exitCodeOf(problem.kind));
}

/**
 * The folder of Chromium's profile and of the window's place. It also is what the lock of a single instance goes by: one
 * window for a store, and one for a host.
 */
function chooseWindowFolder({ store, connect }: StartOptions): string {
  const folder =
    connect === null
      ? join(chooseStoreFolder(store), 'window')
      : join(app.getPath('appData'), 'secateur', 'connected', connect.port === '' ? '80' : connect.port);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toFileError(error, folder);
  }
  return folder;
}

async function start(options: StartOptions, windowFolder: string): Promise<void> {
  const page = options.connect ?? PAGE_ADDRESS;
  app.on('web-contents-created', (_event, contents) => {
    guardPage(contents, page, shell);
  });
  app.on('second-instance', (_event, _args, _folder, data) => {
    opened?.show((data as SecondStart | null)?.connect ?? null);
  });
  app.on('activate', () => {
    opened?.show(null);
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('will-quit', (event) => {
    if (opened === null) return;
    event.preventDefault();
    const closing = opened;
    opened = null;
    void closing.close().then(() => {
      leave(0);
    }, report);
  });

  await app.whenReady();
  const started =
    options.connect === null
      ? await openOwnHost({ storeFolder: chooseStoreFolder(options.store), windowFolder })
      : await openConnectedWindow({ address: options.connect, windowFolder });
  opened = started;
  const { window } = started;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // There is no time to ask: the store is left as after a crash, from which runs resume.
    process.on(signal, () => {
      leave(0);
    });
  }
  reloadAfterCrash(window.webContents, {
    clock: () => Date.now(),
    giveUp: ({ reason }) => {
      const { message, detail, reload, quit } = started.texts().crash;
      void dialog
        .showMessageBox(window, { type: 'error', message, detail: detail(reason), buttons: [reload, quit] })
        .then(({ response }) => {
          if (response === 0) window.webContents.reload();
          else app.quit();
        });
    },
  });
  let closed = false;
  window.once('close', () => {
    closed = true;
  });
  await started.load().catch((error: unknown) => {
    if (!closed) throw error; // what is closed does not finish loading
  });
}

protocol.registerSchemesAsPrivileged([PAGE_SCHEME_REGISTRATION]);
try {
  const options = parseStartOptions(process.argv.slice(1));
  const windowFolder = chooseWindowFolder(options);
  app.setPath('userData', windowFolder);
  const connect = options.connect?.href ?? null;
  if (app.requestSingleInstanceLock({ connect } satisfies SecondStart)) {
    start(options, windowFolder).catch(report);
  } else {
    process.stderr.write('Secateur is open already, and its window comes to the front.\n');
    app.exit(0);
  }
} catch (error) {
  report(error);
}
