// A registry of named strategies: adding one is one file and one line, and an unknown name says what is known.
import { SecateurError } from '../contract/secateur-error.ts';

/** A method, environment or format that is not registered. */
export class UnknownNameError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(what: string, name: string, known: readonly string[]) {
    super(`unknown ${what} "${name}"`, `Known: ${known.join(', ')}.`);
  }
}

export class Registry<T extends { readonly id: string }> {
  readonly #what: string;
  readonly #entries: Map<string, T>;

  /** @param what the field's word for an entry, for the error: "criterion". */
  constructor(what: string, entries: readonly T[]) {
    this.#what = what;
    this.#entries = new Map(entries.map((entry) => [entry.id, entry]));
  }

  get ids(): string[] {
    return [...this.#entries.keys()];
  }

  get all(): T[] {
    return [...this.#entries.values()];
  }

  /** For what is not known beforehand; an entry of the same name is replaced. */
  add(entry: T): void {
    this.#entries.set(entry.id, entry);
  }

  /** @throws UnknownNameError */
  get(id: string): T {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new UnknownNameError(this.#what, id, this.ids);
    return entry;
  }
}
