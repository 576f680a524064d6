// How the projects are looked at: what is searched for, in which order, and which were opened last.
import type { ProjectCard } from '../../src-main/contract/api/projects.ts';
import { arrange, projectOrders, recentProjects, type ProjectOrder } from './project-list.ts';
import { projects } from './projects.svelte.ts';
import { recents } from './recents.svelte.ts';

const REMEMBERED = 'secateur.project-order';

class ProjectList {
  query = $state('');
  #order = $state<ProjectOrder>(projectOrders.find((order) => order === localStorage.getItem(REMEMBERED)) ?? 'changed');

  get order(): ProjectOrder {
    return this.#order;
  }

  set order(order: ProjectOrder) {
    this.#order = order;
    localStorage.setItem(REMEMBERED, order);
  }

  readonly #shown = $derived(
    arrange(projects.cards.value ?? [], { query: this.query, order: this.#order, opened: recents.projects }),
  );
  readonly #recent = $derived(recentProjects(projects.cards.value ?? [], recents.projects));

  get shown(): readonly ProjectCard[] {
    return this.#shown;
  }

  /** The first nine, by their keys. */
  get recent(): readonly ProjectCard[] {
    return this.#recent;
  }
}

export const projectList = new ProjectList();
