// Backends measured on the machine that computes: one after the other, since side by side they would slow each other down.
import { SvelteMap } from 'svelte/reactivity';
import type { BackendCheck } from '../../src-main/contract/api/application.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { call } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';

export type BackendState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'measuring' }
  | { readonly kind: 'checked'; readonly check: BackendCheck }
  /** The question itself failed. */
  | { readonly kind: 'failed'; readonly problem: Problem };

class BackendChecks {
  readonly #states = new SvelteMap<string, BackendState>();
  #last: Promise<void> = Promise.resolve();

  /** Null until somebody asks. */
  of(backend: string): BackendState | null {
    return this.#states.get(backend) ?? null;
  }

  isGoing(backend: string): boolean {
    const kind = this.of(backend)?.kind;
    return kind === 'waiting' || kind === 'measuring';
  }

  measure(backend: string): void {
    if (this.isGoing(backend)) return;
    this.#states.set(backend, { kind: 'waiting' });
    this.#last = this.#last.then(() => this.#measure(backend));
  }

  async #measure(backend: string): Promise<void> {
    this.#states.set(backend, { kind: 'measuring' });
    try {
      this.#states.set(backend, { kind: 'checked', check: await call('application.probe-backend', { backend }) });
    } catch (error) {
      this.#states.set(backend, { kind: 'failed', problem: problemOf(error) });
    }
  }
}

export const backendChecks = new BackendChecks();
