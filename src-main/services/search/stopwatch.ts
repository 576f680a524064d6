// Time that a search has used, which stands still while it is paused; and what is to happen when some is used up.

export class Stopwatch {
  readonly #clock: () => number;
  #used: number;
  /** Null while it stands still. */
  #since: number | null;
  #alarm: { readonly at: number; readonly ring: () => void } | null = null;
  #timer: NodeJS.Timeout | null = null;

  /**
   * @param clock milliseconds
   * @param used seconds that count already, of a search that goes on
   */
  constructor(clock: () => number, used: number) {
    this.#clock = clock;
    this.#used = 1000 * used;
    this.#since = clock();
  }

  get seconds(): number {
    return (this.#used + (this.#since === null ? 0 : this.#clock() - this.#since)) / 1000;
  }

  /** Replaces the alarm before. @param seconds of used time; at once when they are used already */
  setAlarm(seconds: number, ring: () => void): void {
    this.#alarm = { at: seconds, ring };
    this.#wind();
  }

  clearAlarm(): void {
    this.#alarm = null;
    this.#wind();
  }

  pause(): void {
    this.#used = 1000 * this.seconds;
    this.#since = null;
    this.#wind();
  }

  continue(): void {
    this.#since ??= this.#clock();
    this.#wind();
  }

  #wind(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#alarm === null || this.#since === null) return;
    const { at, ring } = this.#alarm;
    // setTimeout takes no more than 2³¹ − 1 ms; nothing is searched for so many days.
    this.#timer = setTimeout(ring, Math.min(2 ** 31 - 1, Math.max(0, 1000 * (at - this.seconds))));
  }
}
