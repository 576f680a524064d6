// What the units of a model matter: by which criterion, in which order, and how many are to stay.
import type { Catalogue } from '../../src-main/contract/catalogue.ts';
import { analysisOf } from './analyses.svelte.ts';
import type { Analysis } from './analysis.svelte.ts';

/** Seed of what criteria sample: the same question is the same answer. */
const SEED = 0;

class Importance {
  #criterion = $state('l1');
  #order = $state<'index' | 'score'>('score');
  /** How many units of a layer stay, by model and layer. */
  #kept = $state.raw<ReadonlyMap<string, number>>(new Map());

  get criterion(): string {
    return this.#criterion;
  }

  set criterion(criterion: string) {
    this.#criterion = criterion;
  }

  get order(): 'index' | 'score' {
    return this.#order;
  }

  set order(order: 'index' | 'score') {
    this.#order = order;
  }

  /** @returns null where nobody has chosen */
  kept(modelId: string, layer: string): number | null {
    return this.#kept.get(`${modelId} ${layer}`) ?? null;
  }

  keep(modelId: string, layer: string, units: number): void {
    this.#kept = new Map(this.#kept).set(`${modelId} ${layer}`, units);
  }

  /** Neurons and channels in one, where the engine ranks them so. */
  granularity(catalogue: Catalogue): string {
    return catalogue.granularities.some(({ id }) => id === 'unit') ? 'unit' : 'neuron';
  }

  criteria(catalogue: Catalogue): Catalogue['criteria'] {
    const granularity = this.granularity(catalogue);
    return catalogue.criteria.filter(({ granularities }) => granularities.includes(granularity));
  }

  scores(modelId: string, criterion: string, granularity: string): Analysis {
    return analysisOf({ kind: 'saliency', modelId, criterion, granularity, seed: SEED });
  }
}

export const importance = new Importance();

/** Plays the policy once at most: answered in a moment, so it is asked without being told to. */
export const isQuick = (needs: Catalogue['criteria'][number]['needs']): boolean =>
  needs === 'nothing' || needs === 'activations' || needs === 'decisions' || needs === 'gradients';
