// What whoever asks for episodes shares with the threads that help: which part is next, and what came of each.
import type { Match } from '../../engine/environments/players.ts';

/** Words of the board: the part that nobody has taken yet, how many are finished or given back, and a word for each. */
const NEXT = 0;
const FINISHED = 1;
const STATES = 2;
const PLAYED = 1;

export class Board {
  readonly buffer: SharedArrayBuffer;
  readonly #parts: readonly Match[];
  readonly #words: Int32Array;
  readonly #returns: Float64Array[];

  /** @param buffer of the same parts; a new board when absent */
  constructor(parts: readonly Match[], buffer?: SharedArrayBuffer) {
    const words = STATES + parts.length + (parts.length % 2); // Numbers of 8 bytes begin at a multiple of them.
    const episodes = parts.reduce((sum, { seeds }) => sum + seeds.length, 0);
    let offset = words * Int32Array.BYTES_PER_ELEMENT;
    this.buffer = buffer ?? new SharedArrayBuffer(offset + episodes * Float64Array.BYTES_PER_ELEMENT);
    this.#parts = parts;
    this.#words = new Int32Array(this.buffer, 0, words);
    this.#returns = parts.map(({ seeds }) => {
      const returns = new Float64Array(this.buffer, offset, seeds.length);
      offset += returns.byteLength;
      return returns;
    });
  }

  /** Plays parts that nobody has taken, until there are none. @throws what `play` throws; the part counts as given back */
  help(play: (part: Match) => Float64Array): void {
    for (;;) {
      const part = Atomics.add(this.#words, NEXT, 1);
      if (part >= this.#parts.length) return;
      try {
        this.#returns[part]!.set(play(this.#parts[part]!));
        Atomics.store(this.#words, STATES + part, PLAYED);
      } finally {
        Atomics.add(this.#words, FINISHED, 1);
        Atomics.notify(this.#words, FINISHED);
      }
    }
  }

  /** Waits until all parts are finished or given back. @returns false when nothing has moved for so long */
  wait(seconds: number): boolean {
    for (;;) {
      const finished = Atomics.load(this.#words, FINISHED);
      if (finished === this.#parts.length) return true;
      if (Atomics.wait(this.#words, FINISHED, finished, 1000 * seconds) === 'timed-out') return false;
    }
  }

  /** Returns of every part; `play` has those that nobody brought to an end. @throws what `play` throws */
  collect(play: (part: Match) => Float64Array): Float64Array[] {
    return this.#parts.map((part, i) =>
      Atomics.load(this.#words, STATES + i) === PLAYED ? this.#returns[i]!.slice() : play(part),
    );
  }
}
