// A new user's whole path in a real window, with its store and workers inside.
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { itGoesTheWholePath, type Workbench } from '../whole-path.ts';
import { sharedWindow } from './open-window.ts';

const window = sharedWindow();
let opened: Promise<Workbench> | null = null;

async function open(context: TestContext): Promise<Workbench> {
  const { app, page, store } = await window(context);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const savedBy: Workbench['savedBy'] = async (act) => {
    // In place of the dialog that asks where to save.
    const saved = app.evaluate(
      ({ BrowserWindow }, folder) =>
        new Promise<string>((resolve) => {
          BrowserWindow.getAllWindows()[0]!.webContents.session.once('will-download', (_event, item) => {
            const path = `${folder}/${item.getFilename()}`;
            item.setSavePath(path);
            item.once('done', () => {
              resolve(path);
            });
          });
        }),
      join(store, 'saved'),
    );
    await act();
    return saved;
  };
  return { page, errors, savedBy };
}

itGoesTheWholePath((context) => (opened ??= open(context)));
