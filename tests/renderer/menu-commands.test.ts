// What the menus of a window say, the page does: each of their commands, from the line between host and page on.
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { commandSchema, type ApplicationEvent, type Command } from '../../src-main/contract/api/event.ts';
import type { PageBridge } from '../../src-main/contract/api/page-bridge.ts';

const location = { hash: '' };
const clicked: string[] = [];
let say: (command: Command) => void = () => undefined;

/** What the page finds in a window; its host never answers. */
function openPage(): void {
  const remembered = { getItem: () => null, setItem: () => undefined };
  const input = {
    addEventListener: () => undefined,
    click: () => {
      clicked.push('file dialog');
    },
  };
  const secateur: PageBridge = {
    call: () => new Promise(() => undefined),
    onEvents: (listener) => {
      say = (command) => {
        listener([{ type: 'command', command }] satisfies ApplicationEvent[]);
      };
      return () => undefined;
    },
  };
  vi.stubGlobal('secateur', secateur);
  vi.stubGlobal('location', location);
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('localStorage', remembered);
  vi.stubGlobal('sessionStorage', remembered);
  vi.stubGlobal('document', { createElement: () => input, activeElement: null });
}

async function page() {
  const [{ connect }, { commands }, { globalCommands }, { words }] = await Promise.all([
    import('../../src-renderer/bridge/bridge.ts'),
    import('../../src-renderer/state/commands.svelte.ts'),
    import('../../src-renderer/global-commands.ts'),
    import('../../src-renderer/text/language.svelte.ts'),
  ]);
  const [{ whereabouts }, { palette }, { settingsSection }, { notices }] = await Promise.all([
    import('../../src-renderer/state/place.svelte.ts'),
    import('../../src-renderer/state/palette.svelte.ts'),
    import('../../src-renderer/state/settings-section.svelte.ts'),
    import('../../src-renderer/state/notices.svelte.ts'),
  ]);
  connect();
  commands.followMenus();
  commands.begin(() => globalCommands(words()));
  return { whereabouts, palette, settingsSection, notices };
}

let opened: Awaited<ReturnType<typeof page>>;
beforeAll(async () => {
  openPage();
  opened = await page();
});
beforeEach(() => {
  opened.whereabouts.go({ view: 'projects' });
});

const does: Readonly<Record<Command, () => void>> = {
  'open-file': () => {
    expect(clicked).toEqual(['file dialog']);
  },
  export: () => {
    expect(opened.notices.all.map(({ text }) => text)).toEqual(['Open the model that is to be exported first.']);
  },
  palette: () => {
    expect(opened.palette.isOpen).toBe(true);
  },
  settings: () => {
    expect(location.hash).toBe('#/settings');
    expect(opened.settingsSection.part).toBeNull();
  },
  shortcuts: () => {
    expect(location.hash).toBe('#/settings');
    expect(opened.settingsSection.part).toBe('shortcuts');
  },
  about: () => {
    expect(location.hash).toBe('#/settings');
    expect(opened.settingsSection.part).toBe('about');
  },
};

it.each(commandSchema.options)('%s', (command) => {
  say(command);
  does[command]();
});

it('export leads to the export of the model that is looked at', () => {
  opened.whereabouts.go({ view: 'model', modelId: 'small', tab: 'network' });
  say('export');
  expect(location.hash).toBe('#/export/small');
});
