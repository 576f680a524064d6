// Whether a recipe could run, asked of the host whenever it has stood still for a moment.
import type { Recipe } from '../../src-main/contract/recipe.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { call } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';

const SETTLE_MS = 250;

export class RecipeCheck {
  #fits = $state(false);
  #problem = $state.raw<Problem | null>(null);

  /** For the life of a component: make it while one is being made. @param recipe null while there is none to be checked */
  constructor(recipe: () => Recipe | null) {
    $effect(() => {
      const checked = recipe();
      this.#fits = false;
      if (checked === null) {
        this.#problem = null;
        return;
      }
      let current = true;
      const timer = setTimeout(() => {
        void call('runs.check', { recipe: checked }).then(
          () => {
            if (!current) return;
            this.#fits = true;
            this.#problem = null;
          },
          (error: unknown) => {
            if (current) this.#problem = problemOf(error);
          },
        );
      }, SETTLE_MS);
      return () => {
        current = false;
        clearTimeout(timer);
      };
    });
  }

  get fits(): boolean {
    return this.#fits;
  }

  get problem(): Problem | null {
    return this.#problem;
  }
}
