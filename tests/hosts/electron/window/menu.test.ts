// The menus, as they are handed to the system.
import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { commandSchema } from '../../../../src-main/contract/api/event.ts';
import { chinese } from '../../../../src-main/hosts/electron/texts/chinese.ts';
import { english } from '../../../../src-main/hosts/electron/texts/english.ts';
import { textsOf } from '../../../../src-main/hosts/electron/texts/choose-texts.ts';
import { menuTemplate } from '../../../../src-main/hosts/electron/window/menu.ts';

function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
}

const platforms = ['linux', 'win32', 'darwin'] as const;

it.each(platforms)('on %s every command has one item, which says it', (platform) => {
  const said: string[] = [];
  const items = itemsOf(menuTemplate({ platform, texts: english.menu, say: (command) => said.push(command) }));
  for (const command of commandSchema.options) {
    const [item, ...more] = items.filter(({ id }) => id === command);
    expect(more, command).toEqual([]);
    (item!.click as () => void)();
    expect(said.at(-1)).toBe(command);
  }
});

it.each(platforms)('on %s no shortcut is given twice', (platform) => {
  const shortcuts = itemsOf(menuTemplate({ platform, texts: english.menu, say: () => undefined })).flatMap(
    ({ accelerator }) => accelerator ?? [],
  );
  expect(new Set(shortcuts).size).toBe(shortcuts.length);
  expect(shortcuts).toEqual(
    expect.arrayContaining([
      'CommandOrControl+O',
      'CommandOrControl+Shift+E',
      'CommandOrControl+Shift+P',
      'CommandOrControl+,',
    ]),
  );
});

it('a page that hears no commands has none in its menus', () => {
  const items = itemsOf(menuTemplate({ platform: 'linux', texts: english.menu, say: null }));
  expect(items.filter(({ click, id }) => click !== undefined || id !== undefined)).toEqual([]);
  expect(items.some(({ role }) => role === 'editMenu')).toBe(true);
});

it('speaks the language that is set, else that of the system, else English', () => {
  expect(textsOf('zh', 'en-US')).toBe(chinese);
  expect(textsOf('en', 'zh-CN')).toBe(english);
  expect(textsOf('system', 'zh-CN')).toBe(chinese);
  expect(textsOf('system', 'ZH')).toBe(chinese);
  expect(textsOf('system', 'de-DE')).toBe(english);
  expect(textsOf('system', '')).toBe(english);
});
