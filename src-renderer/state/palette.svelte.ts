// The command palette: whether it is open, what was typed, what it found, and which of it is meant.
import { tick } from 'svelte';
import { commands, shortcutLabel } from './commands.svelte.ts';
import { modelNames } from './model-names.svelte.ts';
import { paletteResults, type PaletteEntry, type PaletteResult } from './palette-entries.ts';
import { whereabouts } from './place.svelte.ts';
import { projects } from './projects.svelte.ts';
import { recents } from './recents.svelte.ts';

/** The command that opens it, which it need not offer. */
const OWN = 'palette';

function commandEntries(): PaletteEntry[] {
  // Of two of one name the more particular, which comes last, is meant.
  const byId = new Map(commands.all.map((command) => [command.id, command]));
  return [...byId.values()].flatMap(({ id, title, shortcut, run }) =>
    id === OWN || id.startsWith('recent.')
      ? []
      : [
          {
            id: `command ${id}`,
            kind: 'command' as const,
            title,
            detail: null,
            shortcut: shortcut === null ? null : shortcutLabel(shortcut),
            run,
          },
        ],
  );
}

function placeEntries(): PaletteEntry[] {
  const cards = projects.cards.value ?? [];
  const names = new Map(cards.map(({ project }) => [project.id, project.name]));
  return [
    ...cards.map(({ project }): PaletteEntry => {
      const { id, name, environmentId } = project;
      return {
        id: `project ${id}`,
        kind: 'project',
        title: name,
        detail: name === environmentId ? null : environmentId,
        shortcut: null,
        run: () => {
          whereabouts.go({ view: 'project', projectId: id });
        },
      };
    }),
    ...modelNames.all
      .filter(({ deleted }) => !deleted)
      .map(({ id, name, projectId }): PaletteEntry => ({
        id: `model ${id}`,
        kind: 'model',
        title: name,
        detail: names.get(projectId) ?? null,
        shortcut: null,
        run: () => {
          whereabouts.go({ view: 'model', modelId: id, tab: 'network' });
        },
      })),
  ];
}

class Palette {
  #isOpen = $state(false);
  #query = $state('');
  #index = $state(0);
  readonly #results = $derived(
    this.#isOpen ? paletteResults([...commandEntries(), ...placeEntries()], this.#query, recents.choices) : [],
  );

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get query(): string {
    return this.#query;
  }

  set query(query: string) {
    this.#query = query;
    this.#index = 0;
  }

  get results(): readonly PaletteResult[] {
    return this.#results;
  }

  /** Of the result that is meant. */
  get index(): number {
    return Math.min(this.#index, this.#results.length - 1);
  }

  open(): void {
    this.query = '';
    this.#isOpen = true;
    void modelNames.refresh();
  }

  close(): void {
    this.#isOpen = false;
  }

  /** @param steps downwards; past the end it begins again */
  move(steps: number): void {
    const { length } = this.#results;
    if (length > 0) this.#index = (this.index + steps + length) % length;
  }

  moveTo(index: number): void {
    this.#index = index;
  }

  async choose({ entry }: PaletteResult): Promise<void> {
    this.close();
    recents.chose(entry.id);
    // What is run may move the focus, which nothing outside of the palette can have while it is there.
    await tick();
    entry.run();
  }
}

export const palette = new Palette();
