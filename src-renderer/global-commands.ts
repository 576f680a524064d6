// What can be done wherever the person is.
import type { SettingsChanges } from '../src-main/contract/settings.ts';
import type { Command } from './state/commands.svelte.ts';
import { host } from './state/host.svelte.ts';
import { imports } from './state/imports.svelte.ts';
import { modelTree } from './state/model-tree.svelte.ts';
import { notices } from './state/notices.svelte.ts';
import { palette as commandPalette } from './state/palette.svelte.ts';
import { whereabouts, type Place } from './state/place.svelte.ts';
import { projectList } from './state/project-list.svelte.ts';
import { settingsSection, type SettingsPart } from './state/settings-section.svelte.ts';
import type { Messages } from './text/messages.ts';

/** Those that a window's menus have too carry the names that they have there (`Command` of the contract's events). In the order in which they are listed; made anew when what they read changes. */
export function globalCommands({ palette }: Messages): readonly Command[] {
  const t = palette.commands;
  const go = (id: string, title: string, place: Place, shortcut: string | null = null): Command => ({
    id,
    title,
    shortcut,
    run: () => {
      whereabouts.go(place);
    },
  });
  const set = (id: string, title: string, changes: SettingsChanges): Command => ({
    id,
    title,
    shortcut: null,
    run: () => {
      void notices.guard(() => host.set(changes));
    },
  });
  const settings = (part: SettingsPart, title: string): Command => ({
    id: part,
    title,
    shortcut: null,
    run: () => {
      settingsSection.ask(part);
      whereabouts.go({ view: 'settings' });
    },
  });
  /** The model that is looked at. */
  const exported = modelTree.current;
  const environments = [...new Set(host.catalogue?.templates.map(({ environment }) => environment))];
  return [
    {
      id: 'palette',
      title: t.palette,
      shortcut: 'Mod+Shift+P',
      run: () => {
        commandPalette.open();
      },
    },
    {
      id: 'open-file',
      title: t.openFile,
      shortcut: 'Mod+O',
      run: () => {
        imports.choose();
      },
    },
    {
      id: 'open-sample',
      title: t.openSample,
      shortcut: null,
      run: () => {
        imports.addSample();
      },
    },
    go('train', t.newAgent, { view: 'train', environment: null }),
    go('go.projects', t.goProjects, { view: 'projects' }),
    go('go.jobs', t.goJobs, { view: 'jobs' }),
    go('settings', t.goSettings, { view: 'settings' }, 'Mod+,'),
    settings('shortcuts', t.shortcuts),
    settings('about', t.about),
    exported === null
      ? {
          id: 'export',
          title: t.export,
          shortcut: 'Mod+Shift+E',
          // The menu of a window has it always: what it lacks is said.
          run: () => {
            notices.say(t.exportWhat);
          },
        }
      : go('export', t.export, { view: 'export', modelId: exported }, 'Mod+Shift+E'),
    ...projectList.recent.map(({ project }, index) =>
      go(
        `recent.${index + 1}`,
        t.openRecent(project.name),
        { view: 'project', projectId: project.id },
        `Mod+${index + 1}`,
      ),
    ),
    {
      id: 'undo',
      title: t.undo,
      shortcut: 'Mod+Z',
      run: () => {
        notices.undoLast();
      },
    },
    set('theme.light', t.themeLight, { theme: 'light' }),
    set('theme.dark', t.themeDark, { theme: 'dark' }),
    set('theme.system', t.themeSystem, { theme: 'system' }),
    set('language.en', t.english, { language: 'en' }),
    set('language.zh', t.chinese, { language: 'zh' }),
    ...environments.map((environment) =>
      go(`train.${environment}`, t.newAgentIn(environment), { view: 'train', environment }),
    ),
  ];
}
