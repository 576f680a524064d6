// Numbered things that are told as they happen, put in order: what was told twice counts once, what was missed is asked for.

interface Numbered {
  readonly sequence: number;
}

export interface InSequenceOptions<T extends Numbered> {
  /** What comes after a number, in order; a part of it when there is much. */
  readonly after: (sequence: number) => Promise<readonly T[]>;
  /** Is given everything once, in order. */
  readonly take: (items: readonly T[]) => void;
}

/** Numbers count up by one from 0. */
export class InSequence<T extends Numbered> {
  readonly #options: InSequenceOptions<T>;
  /** Null until it is known where to begin: what is told before that waits. */
  #seen: number | null = null;
  #waiting: T[] = [];
  #asking = false;

  constructor(options: InSequenceOptions<T>) {
    this.#options = options;
  }

  /** The last number that was taken; −1 before the first, null before the beginning. */
  get seen(): number | null {
    return this.#seen;
  }

  /** Everything up to this number is known from elsewhere; −1 when nothing is. */
  begin(seen: number): void {
    this.#seen = seen;
    this.hear([]);
  }

  /** Back to before the beginning. */
  forget(): void {
    this.#seen = null;
    this.#waiting = [];
  }

  hear(items: readonly T[]): void {
    this.#waiting.push(...items);
    if (this.#seen === null || this.#asking) return;
    this.#takeWhatFollows();
    // Where nobody answers, the next thing that is heard asks again.
    if (this.#waiting.length > 0) this.catchUp().catch(() => undefined);
  }

  /** Asks for all that is not known yet. @throws what `after` throws; then the next call asks again */
  async catchUp(): Promise<void> {
    if (this.#seen === null || this.#asking) return;
    this.#asking = true;
    try {
      for (;;) {
        const { seen } = this;
        if (seen === null) return;
        const items = await this.#options.after(seen);
        // Begun anew in the meantime: that was an answer to another question.
        if (this.seen !== seen) continue;
        if (items.length === 0) break;
        this.#take(items);
      }
    } finally {
      this.#asking = false;
    }
    // What is told is stored before: what still waits for something that is not stored waits for nothing.
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#take(waiting);
  }

  /** Up to the first number that is missing; the rest goes on waiting. */
  #takeWhatFollows(): void {
    const waiting = this.#waiting.filter(({ sequence }) => sequence > this.#seen!);
    let next = this.#seen! + 1;
    const gap = waiting.findIndex(({ sequence }) => {
      if (sequence > next) return true;
      next = sequence + 1;
      return false;
    });
    this.#waiting = gap < 0 ? [] : waiting.slice(gap);
    this.#take(gap < 0 ? waiting : waiting.slice(0, gap));
  }

  #take(items: readonly T[]): void {
    const fresh: T[] = [];
    for (const item of items) {
      if (item.sequence <= this.#seen!) continue;
      this.#seen = item.sequence;
      fresh.push(item);
    }
    if (fresh.length > 0) this.#options.take(fresh);
  }
}
