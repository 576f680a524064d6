// The project that the person is in, with its models; it follows the place they are at.
import type { ModelItem } from '../../src-main/contract/api/models.ts';
import type { Project } from '../../src-main/contract/entity.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { Loaded } from './loaded.svelte.ts';
import type { Place } from './place.svelte.ts';
import { projects } from './projects.svelte.ts';
import { recents } from './recents.svelte.ts';

const SETTLE_MS = 100;

class OpenProject {
  #projectId = $state<string | null>(null);
  /** Of the project that is open, not of the one before. */
  #ready = $state(false);
  readonly #models = new Loaded<readonly ModelItem[]>(() =>
    this.#projectId === null ? Promise.resolve([]) : call('models.list', { projectId: this.#projectId }),
  );
  #settling: ReturnType<typeof setTimeout> | undefined;

  begin(): void {
    onEvent((event) => {
      if (event.type !== 'project' || event.projectId !== this.#projectId) return;
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => void this.#models.refresh(), SETTLE_MS);
    });
  }

  get id(): string | null {
    return this.#projectId;
  }

  get project(): Project | null {
    return projects.cards.value?.find(({ project }) => project.id === this.#projectId)?.project ?? null;
  }

  /** Its models have been asked for and are not there yet. */
  get waiting(): boolean {
    return this.#projectId !== null && !this.#ready;
  }

  get models(): Loaded<readonly ModelItem[]> {
    return this.#models;
  }

  /** The project that a place belongs to; a place outside of all projects leaves the last one open. */
  async follow(place: Place): Promise<void> {
    const projectId = await this.#projectAt(place);
    if (projectId === null || projectId === this.#projectId) return;
    this.#projectId = projectId;
    recents.openedProject(projectId);
    this.#ready = false;
    this.#models.set([]);
    await this.#models.refresh();
    // Another one may have been opened in the meantime.
    if (projectId === this.#projectId) this.#ready = true;
  }

  async #projectAt(place: Place): Promise<string | null> {
    switch (place.view) {
      case 'project':
        return place.projectId;
      case 'model':
      case 'prune':
      case 'export':
        return this.#projectOfModel(place.modelId);
      case 'compare':
        return place.modelIds[0] === undefined ? null : this.#projectOfModel(place.modelIds[0]);
      case 'run':
      case 'seeds':
        return (await call('runs.get', { id: place.runId })).run.projectId;
      default:
        return null;
    }
  }

  async #projectOfModel(id: string): Promise<string> {
    const known = this.#models.value?.find(({ model }) => model.id === id)?.model.projectId;
    return known ?? (await call('models.get', { id })).project.id;
  }
}

export const openProject = new OpenProject();
