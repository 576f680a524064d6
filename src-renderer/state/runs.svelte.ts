// Every recent run with how far it is, live.
import type { RunItem } from '../../src-main/contract/api/runs.ts';
import type { Run } from '../../src-main/contract/entity.ts';
import type { Recipe } from '../../src-main/contract/recipe.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { Loaded } from './loaded.svelte.ts';

const LISTED = 200;

export const isActive = ({ run }: RunItem): boolean => run.status === 'queued' || run.status === 'running';

class Runs {
  readonly #items = new Loaded<readonly RunItem[]>(() => call('runs.list', { projectId: null, limit: LISTED }));

  begin(): void {
    onEvent((event) => {
      switch (event.type) {
        case 'run':
          this.#change(event.run.id, (item) => ({ ...item, run: event.run, activity: event.activity }), event.run);
          break;
        case 'progress':
          this.#change(event.runId, (item) => ({ ...item, progress: event.progress }), null);
          break;
        default:
          break;
      }
    });
  }

  /** Newest first. */
  get items(): Loaded<readonly RunItem[]> {
    return this.#items;
  }

  get active(): readonly RunItem[] {
    return (this.#items.value ?? []).filter(isActive);
  }

  find(id: string): RunItem | null {
    return this.#items.value?.find(({ run }) => run.id === id) ?? null;
  }

  /** @throws ProblemError when the recipe cannot run */
  start(recipe: Recipe): Promise<Run> {
    return call('runs.start', { recipe });
  }

  pause(id: string): Promise<null> {
    return call('runs.pause', { id });
  }

  continue(id: string): Promise<null> {
    return call('runs.continue', { id });
  }

  stop(id: string): Promise<null> {
    return call('runs.stop', { id });
  }

  cancel(id: string): Promise<null> {
    return call('runs.cancel', { id });
  }

  resume(id: string): Promise<Run> {
    return call('runs.resume', { id });
  }

  #change(id: string, change: (item: RunItem) => RunItem, added: Run | null): void {
    const items = this.#items.value ?? [];
    if (items.some(({ run }) => run.id === id)) {
      this.#items.set(items.map((item) => (item.run.id === id ? change(item) : item)));
    } else if (added !== null) {
      this.#items.set([change({ run: added, activity: null, progress: null }), ...items]);
    }
  }
}

export const runs = new Runs();
