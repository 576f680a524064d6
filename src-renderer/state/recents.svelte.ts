// Which projects this person opened last, and which commands they ran: a convenience, kept in this browser only.

const MOST = 50;

function readIds(key: string): readonly string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(read) ? read.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Ids, the last used first. */
class RecentIds {
  readonly #key: string;
  #ids: readonly string[] = $state.raw([]);

  constructor(key: string) {
    this.#key = key;
    this.#ids = readIds(key);
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  note(id: string): void {
    this.#ids = [id, ...this.#ids.filter((other) => other !== id)].slice(0, MOST);
    localStorage.setItem(this.#key, JSON.stringify(this.#ids));
  }
}

class Recents {
  readonly #projects = new RecentIds('secateur.recent-projects');
  readonly #choices = new RecentIds('secateur.recent-choices');

  get projects(): readonly string[] {
    return this.#projects.ids;
  }

  /** What was chosen in the command palette. */
  get choices(): readonly string[] {
    return this.#choices.ids;
  }

  openedProject(id: string): void {
    this.#projects.note(id);
  }

  chose(id: string): void {
    this.#choices.note(id);
  }
}

export const recents = new Recents();
