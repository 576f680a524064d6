// What a window can do beside the contract: the system's dialogs and its file manager.
import { stat } from 'node:fs/promises';
import type { BrowserWindow, Dialog, Shell } from 'electron';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Surroundings } from '../../services/surroundings.ts';

/** An export that somebody moved or deleted. */
export class ExportFolderGoneError extends SecateurError {
  readonly kind = 'not-found';

  constructor(folder: string) {
    super(`there is no folder "${folder}" any more`, 'It was moved or deleted; export the model again.');
  }
}

export function windowSurroundings({
  dialog,
  shell,
  window,
}: {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly shell: Pick<Shell, 'showItemInFolder'>;
  readonly window: BrowserWindow;
}): Surroundings {
  return {
    door: 'window',
    versions: { electron: process.versions.electron, chromium: process.versions.chrome },
    chooseFolder: async ({ title, startIn }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title,
        ...(startIn !== null && { defaultPath: startIn }),
        properties: ['openDirectory', 'createDirectory'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    reveal: async (folder) => {
      const found = await stat(folder).catch(() => null);
      if (found === null) throw new ExportFolderGoneError(folder);
      shell.showItemInFolder(folder);
    },
  };
}
