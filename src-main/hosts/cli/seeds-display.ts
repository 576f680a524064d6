// Several runs of one recipe as one progress: what each says is marked with its seed.
import type { Progress } from '../../contract/job.ts';
import type { RunEvent } from '../../services/services.ts';
import type { RunDisplay } from './terminal.ts';

export class SeedsDisplay {
  readonly #display: RunDisplay;
  readonly #json: boolean;
  readonly #total: number;
  readonly #done: Map<number, number>;

  /** @param steps of each run */
  constructor(display: RunDisplay, options: { seeds: readonly number[]; steps: number; json: boolean }) {
    this.#display = display;
    this.#json = options.json;
    this.#total = options.seeds.length * options.steps;
    this.#done = new Map(options.seeds.map((seed) => [seed, 0]));
  }

  show(seed: number, event: RunEvent): void {
    if (this.#json) this.#display.show({ ...event, seed });
    else if (event.type === 'progress') this.#progress(seed, event.progress);
    else if (event.type === 'log') this.#display.show({ ...event, text: `seed ${seed}: ${event.text}` });
  }

  #progress(seed: number, { done, unit }: Progress): void {
    if (unit !== 'steps') return;
    this.#done.set(seed, done);
    const all = [...this.#done.values()].reduce((sum, steps) => sum + steps, 0);
    const stage = `training with ${this.#done.size} seeds`;
    this.#display.show({ type: 'progress', progress: { stage, done: all, total: this.#total, unit } });
  }
}
