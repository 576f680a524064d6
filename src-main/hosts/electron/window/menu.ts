// The native menus. What they do is the page's business: an item says its command.
import type { MenuItemConstructorOptions } from 'electron';
import type { Command } from '../../../contract/api/event.ts';
import type { Texts } from '../texts/texts.ts';

export interface MenuChoices {
  readonly platform: NodeJS.Platform;
  readonly texts: Texts['menu'];
  /** Null where the page hears no commands: it is served by another host. */
  readonly say: ((command: Command) => void) | null;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

export function menuTemplate({ platform, texts, say }: MenuChoices): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const item = (command: Command, label: string, accelerator?: string): MenuItemConstructorOptions[] =>
    say === null
      ? []
      : [
          {
            id: command,
            label,
            ...(accelerator !== undefined && { accelerator }),
            click: () => {
              say(command);
            },
          },
        ];
  const about = item('about', texts.about);
  const settings = item('settings', texts.settings, 'CommandOrControl+,');
  const application: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      ...about,
      separator,
      ...settings,
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: texts.file,
    submenu: [
      ...item('open-file', texts.openFile, 'CommandOrControl+O'),
      ...item('export', texts.export, 'CommandOrControl+Shift+E'),
      separator,
      mac ? { role: 'close' } : { role: 'quit', label: texts.quit },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: texts.view,
    submenu: [
      ...item('palette', texts.palette, 'CommandOrControl+Shift+P'),
      ...(mac ? [] : settings),
      separator,
      // Not the whole application: what runs goes on.
      { role: 'reload' },
      { role: 'toggleDevTools' },
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: texts.help,
    submenu: [...item('shortcuts', texts.shortcuts), ...(mac ? [] : about)],
  };
  return [
    ...(mac ? [application] : []),
    file,
    { role: 'editMenu', label: texts.edit },
    view,
    { role: 'windowMenu', label: texts.window },
    ...(say === null ? [] : [help]),
  ];
}
