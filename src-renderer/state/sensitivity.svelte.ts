// What is asked when a model's layers are pruned one by one: kept while the page lives, and the answer with the model.
import { DEFAULT_SEED_RANGES } from '../../src-main/contract/evaluation.ts';
import { DEFAULT_SENSITIVITIES } from '../../src-main/contract/sensitivity.ts';
import { analysisOf } from './analyses.svelte.ts';
import type { Analysis } from './analysis.svelte.ts';

const SEED = 0;
/** Enough to see which layer falls first; more for narrower intervals. */
export const EPISODE_CHOICES = [20, 50, 100] as const;

class Sensitivity {
  #criterion = $state('l1');
  #granularity = $state('weight');
  #episodes = $state<number>(EPISODE_CHOICES[0]);

  get criterion(): string {
    return this.#criterion;
  }

  set criterion(criterion: string) {
    this.#criterion = criterion;
  }

  get granularity(): string {
    return this.#granularity;
  }

  set granularity(granularity: string) {
    this.#granularity = granularity;
  }

  get episodes(): number {
    return this.#episodes;
  }

  set episodes(episodes: number) {
    this.#episodes = episodes;
  }

  /** @param criterion one that ranks what the granularity removes */
  analysis(modelId: string, criterion: string): Analysis {
    const { validation } = DEFAULT_SEED_RANGES;
    return analysisOf({
      kind: 'sensitivity',
      modelId,
      criterion,
      granularity: this.#granularity,
      seed: SEED,
      sparsities: [...DEFAULT_SENSITIVITIES],
      seeds: { ...DEFAULT_SEED_RANGES, validation: { ...validation, count: this.#episodes } },
    });
  }
}

export const sensitivity = new Sensitivity();
