// Something that a person starts with a button: busy until it is done, and what went wrong stands beside the button.
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { problemOf } from '../bridge/problem-error.ts';

export class Starting {
  #busy = $state(false);
  #problem = $state.raw<Problem | null>(null);

  get busy(): boolean {
    return this.#busy;
  }

  /** Of the last attempt. */
  get problem(): Problem | null {
    return this.#problem;
  }

  async attempt(work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    this.#problem = null;
    try {
      await work();
    } catch (error) {
      this.#problem = problemOf(error);
    } finally {
      this.#busy = false;
    }
  }
}
