// What can be done to a model, as a menu and from the keyboard, each with its way back.
import type { LineageEntry } from '../../state/lineage.ts';
import { measure } from '../../state/measure.ts';
import { modelTree } from '../../state/model-tree.svelte.ts';
import { models } from '../../state/models.ts';
import { notices } from '../../state/notices.svelte.ts';
import { openProject } from '../../state/open-project.svelte.ts';
import { whereabouts } from '../../state/place.svelte.ts';
import { words } from '../../text/language.svelte.ts';
import type { MenuItem } from '../../ui/Menu.svelte';

export function openModel(modelId: string): void {
  const { place } = whereabouts;
  whereabouts.go({ view: 'model', modelId, tab: place.view === 'model' ? place.tab : 'network' });
}

export function compareModels(modelIds: readonly string[]): void {
  whereabouts.go({ view: 'compare', modelIds });
}

export function renameModel(id: string, name: string): void {
  void notices.guard(() => models.rename(id, name));
}

export function deleteModel({ id, item }: LineageEntry): void {
  const projectId = item.model.projectId;
  void notices.guard(async () => {
    await models.delete(id);
    if (modelTree.current === id) whereabouts.go({ view: 'project', projectId });
    notices.say(words().models.deleted(item.model.name), () => models.restore(id));
  });
}

function evaluateModel({ id, item, root }: LineageEntry): void {
  const environment = openProject.project?.environmentId;
  if (environment === undefined) return;
  const baselineId = root === item ? null : root.model.id;
  void notices.guard(async () => {
    await measure({ modelId: id, baselineId, environment });
    notices.say(words().models.evaluating(item.model.name));
  });
}

export function modelMenu(entry: LineageEntry, rename: () => void): readonly (readonly MenuItem[])[] {
  const { id, root } = entry;
  const t = words().models;
  const common = words().common;
  return [
    [
      {
        label: t.open,
        shortcut: '↵',
        run: () => {
          openModel(id);
        },
      },
      {
        label: t.prune,
        run: () => {
          whereabouts.go({ view: 'prune', modelId: id });
        },
      },
      {
        label: t.evaluate,
        run: () => {
          evaluateModel(entry);
        },
      },
      {
        label: t.export,
        run: () => {
          whereabouts.go({ view: 'export', modelId: id });
        },
      },
      {
        label: t.compareWithRoot,
        disabled: root.model.id === id,
        run: () => {
          compareModels([root.model.id, id]);
        },
      },
    ],
    [{ label: common.rename, shortcut: 'F2', takesFocus: true, run: rename }],
    [
      {
        label: common.delete,
        shortcut: 'Del',
        danger: true,
        run: () => {
          deleteModel(entry);
        },
      },
    ],
  ];
}
