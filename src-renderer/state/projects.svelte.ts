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
    this.#show((card) => (card.project.id === id ? { ...card, project: { ...card.project, name } } : card));
    await this.#orAsBefore(call('projects.rename', { id, name }));
  }

  /** @returns the copy's id */
  async duplicate(id: string, name: string): Promise<string> {
    return (await call('projects.duplicate', { id, name })).id;
  }

  async delete(id: string): Promise<void> {
    this.#show((card) => (card.project.id === id ? null : card));
    await this.#orAsBefore(call('projects.delete', { id }));
  }

  async restore(id: string): Promise<void> {
    await call('projects.restore', { id });
  }

  /** At once, before the host has confirmed it. @param change null leaves the card out */
  #show(change: (card: ProjectCard) => ProjectCard | null): void {
    this.#cards.set((this.#cards.value ?? []).map(change).filter((card) => card !== null));
  }

  async #orAsBefore(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      await this.#cards.refresh();
      throw error;
    }
  }
}

export const projects = new Projects();
