// The dialogs and the file manager of the system, on stand-ins.
import { join } from 'node:path';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { expect, it } from 'vitest';
import { windowSurroundings } from '../../../src-main/hosts/electron/surroundings.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';

const window = Object.create(null) as BrowserWindow;

function surroundings(chosen: readonly string[] | null) {
  const shown: string[] = [];
  const asked: OpenDialogOptions[] = [];
  const dialog = {
    showOpenDialog: (_window: BrowserWindow, options: OpenDialogOptions) => {
      asked.push(options);
      return Promise.resolve({ canceled: chosen === null, filePaths: [...(chosen ?? [])] });
    },
  };
  const shell = { showItemInFolder: (path: string) => shown.push(path) };
  return { shown, asked, doing: windowSurroundings({ dialog: dialog as never, shell, window }) };
}

it('a folder is chosen, beginning where it was said', async () => {
  const { doing, asked } = surroundings(['/home/export']);
  expect(await doing.chooseFolder({ title: 'Export to', startIn: '/home' })).toBe('/home/export');
  expect(asked).toEqual([
    { title: 'Export to', defaultPath: '/home', properties: ['openDirectory', 'createDirectory'] },
  ]);
});

it('no folder is chosen where the person closes the dialog', async () => {
  expect(await surroundings(null).doing.chooseFolder({ title: '', startIn: null })).toBeNull();
});

it('an export is shown where it lies, and missed where it does not', async () => {
  const { doing, shown } = surroundings(null);
  const folder = temporaryFolder();
  await doing.reveal(folder);
  expect(shown).toEqual([folder]);
  await expect(doing.reveal(join(folder, 'moved'))).rejects.toMatchObject({
    name: 'ExportFolderGoneError',
    kind: 'not-found',
  });
  expect(shown).toHaveLength(1);
});
