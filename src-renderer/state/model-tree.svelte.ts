// The open project's models as a tree: what is folded, what is selected for comparison, and where the keyboard is.
import { SvelteSet } from 'svelte/reactivity';
import { lineageOf, unfolded, type LineageEntry } from './lineage.ts';
import { openProject } from './open-project.svelte.ts';
import { whereabouts } from './place.svelte.ts';

class ModelTree {
  readonly #entries = $derived(lineageOf(openProject.models.value ?? []));
  readonly #byId = $derived(new Map(this.#entries.map((entry) => [entry.id, entry])));
  readonly #collapsed = new SvelteSet<string>();
  readonly #shown = $derived(unfolded(this.#entries, (id) => this.#collapsed.has(id)));
  readonly #chosen = new SvelteSet<string>();
  /** In the order of the tree; what was deleted is not selected any more. */
  readonly #selected = $derived(this.#entries.filter(({ id }) => this.#chosen.has(id)).map(({ id }) => id));
  /** Where a range begins. */
  #anchor: string | null = null;

  /** All of them, children after their parents. */
  get entries(): readonly LineageEntry[] {
    return this.#entries;
  }

  /** Without what is folded away. */
  get shown(): readonly LineageEntry[] {
    return this.#shown;
  }

  get selected(): readonly string[] {
    return this.#selected;
  }

  /** The model that the person looks at. */
  get current(): string | null {
    const { place } = whereabouts;
    return place.view === 'model' || place.view === 'prune' || place.view === 'export' ? place.modelId : null;
  }

  find(id: string): LineageEntry | null {
    return this.#byId.get(id) ?? null;
  }

  isSelected(id: string): boolean {
    return this.#chosen.has(id);
  }

  isCollapsed(id: string): boolean {
    return this.#collapsed.has(id);
  }

  fold(id: string, collapsed: boolean): void {
    if (collapsed) this.#collapsed.add(id);
    else this.#collapsed.delete(id);
  }

  /** The first of a selection joins the model that is looked at: it is what one compares with. */
  toggle(id: string): void {
    const { current } = this;
    if (this.#selected.length === 0 && current !== null && current !== id) this.#chosen.add(current);
    if (!this.#chosen.delete(id)) this.#chosen.add(id);
    this.#anchor = id;
  }

  /** Everything from where the selection began. */
  extendTo(id: string): void {
    const from = this.#indexOf(this.#anchor ?? this.current ?? id);
    const to = this.#indexOf(id);
    if (from === -1 || to === -1) return;
    for (const entry of this.#shown.slice(Math.min(from, to), Math.max(from, to) + 1)) this.#chosen.add(entry.id);
  }

  selectOnly(ids: readonly string[]): void {
    this.#chosen.clear();
    for (const id of ids) this.#chosen.add(id);
    this.#anchor = ids[0] ?? null;
  }

  /** Where a range begins next. */
  anchorAt(id: string): void {
    this.#anchor = id;
  }

  #indexOf(id: string): number {
    return this.#shown.findIndex((entry) => entry.id === id);
  }
}

export const modelTree = new ModelTree();
