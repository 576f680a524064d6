// The inspector as it stands: which model, which one it is laid over, which layer, and what is shown of them.
import type { ModelDetail, ModelItem } from '../../src-main/contract/api/models.ts';
import { inspectedModels, type InspectedModel } from './inspected-models.ts';
import { openProject } from './open-project.svelte.ts';
import { pruningDraftOf } from './pruning-drafts.ts';
import { whereabouts, type ModelTab, type Place } from './place.svelte.ts';

export type ModelPlace = Extract<Place, { view: 'model' }>;

/** What the nodes of the graph show, as in Netron. */
export type GraphPart = 'attributes' | 'weights' | 'names';
const REMEMBERED = 'secateur.graph';

function rememberedParts(): readonly GraphPart[] {
  const parts = localStorage.getItem(REMEMBERED)?.split(' ') ?? ['attributes', 'weights', 'names'];
  return (['attributes', 'weights', 'names'] as const).filter((part) => parts.includes(part));
}

class Inspector {
  #parts = $state.raw<readonly GraphPart[]>(rememberedParts());
  /** |w| up to here would go. The same for every layer, as it is when a threshold prunes. Null: nobody has moved it. */
  #threshold = $state<number | null>(null);

  get parts(): readonly GraphPart[] {
    return this.#parts;
  }

  toggle(part: GraphPart): void {
    this.#parts = this.#parts.includes(part) ? this.#parts.filter((shown) => shown !== part) : [...this.#parts, part];
    localStorage.setItem(REMEMBERED, this.#parts.join(' '));
  }

  get threshold(): number | null {
    return this.#threshold;
  }

  set threshold(threshold: number | null) {
    this.#threshold = threshold;
  }

  /** Models of the same project that one can be laid over, the newest first. */
  others(modelId: string): readonly ModelItem[] {
    return (openProject.models.value ?? []).filter(({ model }) => model.id !== modelId).toReversed();
  }

  beside({ besideId }: ModelPlace): InspectedModel | null {
    return besideId === undefined ? null : inspectedModels.get(besideId);
  }

  /**
   * On to the wizard, with all that the threshold would take.
   * @returns puts back what had been chosen there
   */
  pruneUpTo({ model, project }: ModelDetail, threshold: number): () => Promise<void> {
    const draft = pruningDraftOf(model.id, project.environmentId);
    const wayBack = draft.wayBack();
    draft.pruneUpTo(Number(threshold.toPrecision(4)));
    whereabouts.go({ view: 'prune', modelId: model.id });
    return wayBack;
  }

  showTab(place: ModelPlace, tab: ModelTab): void {
    whereabouts.go({ ...place, tab });
  }

  chooseLayer(place: ModelPlace, layer: string): void {
    if (layer !== place.layer) whereabouts.replace({ ...place, layer });
  }

  layOver({ view, modelId, tab, layer }: ModelPlace, besideId: string | null): void {
    whereabouts.replace({
      view,
      modelId,
      tab,
      ...(layer !== undefined && { layer }),
      ...(besideId !== null && { besideId }),
    });
  }

  swap(place: ModelPlace): void {
    if (place.besideId === undefined) return;
    whereabouts.go({ ...place, modelId: place.besideId, besideId: place.modelId });
  }
}

export const inspector = new Inspector();
