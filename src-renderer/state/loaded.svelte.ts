// Something that is asked of the host: on its way, there, or not to be had. Asked again when it may have changed.
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { problemOf } from '../bridge/problem-error.ts';

export class Loaded<T> {
  #value = $state.raw<T | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #ask: () => Promise<T>;
  #asked = 0;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** What was answered last; stays while it is asked again. */
  get value(): T | null {
    return this.#value;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Nothing is there yet, and nothing has gone wrong. */
  get waiting(): boolean {
    return this.#value === null && this.#problem === null;
  }

  /** Of several at once only the answer to the last counts. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const value = await this.#ask();
      if (asked !== this.#asked) return;
      this.#value = value;
      this.#problem = null;
    } catch (error) {
      if (asked === this.#asked) this.#problem = problemOf(error);
    }
  }

  /** Shows something before the host has confirmed it. */
  set(value: T): void {
    this.#value = value;
  }
}
