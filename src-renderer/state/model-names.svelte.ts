// Every model by name, whatever project it is in: for what mentions one, and for what finds one. Asked for when it is needed.
import type { ModelName } from '../../src-main/contract/api/models.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { Loaded } from './loaded.svelte.ts';

/** Changes come in bursts; one look after each is enough. */
const SETTLE_MS = 300;

class ModelNames {
  readonly #names = new Loaded<readonly ModelName[]>(() => call('models.names', null));
  readonly #byId = $derived(new Map((this.#names.value ?? []).map((model) => [model.id, model])));
  #settling: ReturnType<typeof setTimeout> | undefined;

  begin(): void {
    onEvent((event) => {
      // Nobody has asked yet, or nothing has changed.
      if (event.type !== 'project' || this.#names.value === null) return;
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => void this.#names.refresh(), SETTLE_MS);
    });
  }

  get all(): readonly ModelName[] {
    return this.#names.value ?? [];
  }

  find(id: string): ModelName | null {
    return this.#byId.get(id) ?? null;
  }

  refresh(): Promise<void> {
    return this.#names.refresh();
  }
}

export const modelNames = new ModelNames();
