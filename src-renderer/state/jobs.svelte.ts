// The list of runs: which of them are shown, and what went wrong with what was asked of one.
import type { RunItem } from '../../src-main/contract/api/runs.ts';
import { recipeSchema } from '../../src-main/contract/recipe.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { SvelteMap } from 'svelte/reactivity';
import { problemOf } from '../bridge/problem-error.ts';
import { belongs, seedCounts, type JobAction, type JobFilter } from './job-list.ts';
import { runs } from './runs.svelte.ts';

class Jobs {
  filter = $state<JobFilter>('all');
  readonly #problems = new SvelteMap<string, Problem>();
  readonly #items = $derived(runs.items.value ?? []);
  readonly #shown = $derived(this.#items.filter((item) => belongs(item, this.filter)));

  readonly #seeds = $derived(seedCounts(this.#items));

  /** With which the recipe of a run was trained, among the runs of the list. */
  seedsOf({ run }: RunItem): number {
    return this.#seeds.get(run.id) ?? 1;
  }

  get shown(): readonly RunItem[] {
    return this.#shown;
  }

  count(filter: JobFilter): number {
    return this.#items.filter((item) => belongs(item, filter)).length;
  }

  /** Of what was asked of a run last. */
  problemWith(runId: string): Problem | null {
    return this.#problems.get(runId) ?? null;
  }

  async ask({ run }: RunItem, action: JobAction): Promise<void> {
    this.#problems.delete(run.id);
    try {
      if (action === 'again') await runs.start(recipeSchema.parse(run.recipe));
      else await runs[action](run.id);
    } catch (error) {
      this.#problems.set(run.id, problemOf(error));
    }
  }
}

export const jobs = new Jobs();
