// An environment that is not built in: the host asks Python what it is, and from then on it is one of the catalogue.
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { call } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';
import { host } from './host.svelte.ts';

export class AskedEnvironment {
  #problem = $state.raw<Problem | null>(null);

  /** Asks at once. @param id "gym:CartPole-v1" */
  constructor(id: string) {
    void this.#ask(id);
  }

  /** Null while the answer is awaited. */
  get problem(): Problem | null {
    return this.#problem;
  }

  async #ask(id: string): Promise<void> {
    try {
      host.addEnvironment(await call('application.environment', { environment: id }));
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }
}
