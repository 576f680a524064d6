/** How fast something advances, over the last few seconds, so that an ETA follows what happens now. */
export class Rate {
  readonly #window: number;
  #points: { readonly at: number; readonly done: number }[] = [];

  /** @param window milliseconds that count */
  constructor(window = 5000) {
    this.#window = window;
  }

  /** @param at milliseconds of a monotonic clock */
  add(at: number, done: number): void {
    this.#points.push({ at, done });
    const oldest = this.#points.findIndex((point) => at - point.at <= this.#window);
    if (oldest > 0) this.#points = this.#points.slice(oldest);
  }

  /** 0 while nothing can be said. */
  get perSecond(): number {
    const [first, last] = [this.#points[0], this.#points[this.#points.length - 1]];
    if (first === undefined || last === undefined || last.at <= first.at) return 0;
    return Math.max(0, ((last.done - first.done) * 1000) / (last.at - first.at));
  }
}
