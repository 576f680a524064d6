// All projects as cards, kept up to date by what the host says.
import type { ProjectCard } from '../../src-main/contract/api/projects.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { Loaded } from './loaded.svelte.ts';

/** Changes come in bursts; one look after each is enough. */
const SETTLE_MS = 150;

class Projects {
  readonly #cards = new Loaded<readonly ProjectCard[]>(() => call('projects.list', null));
  #settling: ReturnType<typeof setTimeout> | undefined;

  begin(): void {
    onEvent((event) => {
      if (event.type !== 'project' && event.type !== 'run') return;
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => void this.#cards.refresh(), SETTLE_MS);
    });
  }

  get cards(): Loaded<readonly ProjectCard[]> {
    return this.#cards;
  }

  async rename(id: string, name: string): Promise<void> {
    await call('projects.rename', { id, name });
  }

  async duplicate(id: string, name: string): Promise<void> {
    await call('projects.duplicate', { id, name });
  }

  async delete(id: string): Promise<void> {
    this.#cards.set((this.#cards.value ?? []).filter(({ project }) => project.id !== id));
    await call('projects.delete', { id });
  }

  async restore(id: string): Promise<void> {
    await call('projects.restore', { id });
  }
}

export const projects = new Projects();
