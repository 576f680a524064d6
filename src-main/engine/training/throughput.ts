// How fast a training run is, as a metric: measured over a hundredth of the run at a time.
import { METRIC } from '../../contract/metric-names.ts';
import type { RunContext } from '../run-context.ts';
import type { TrainingObserver, TrainingProgress, Verdict } from './training-observer.ts';

const POINTS = 100;

export class Throughput implements TrainingObserver {
  readonly #context: Pick<RunContext, 'metrics' | 'now'>;
  readonly #every: number;
  /** Where the present stretch began; null until the first step, which a resumed run takes somewhere in the middle. */
  #since: { readonly step: number; readonly time: number } | null = null;

  constructor(options: { readonly context: Pick<RunContext, 'metrics' | 'now'>; readonly totalSteps: number }) {
    this.#context = options.context;
    this.#every = Math.max(1, Math.floor(options.totalSteps / POINTS));
  }

  onStep({ step }: TrainingProgress): Verdict {
    if (this.#since !== null && step - this.#since.step < this.#every) return undefined;
    const time = this.#context.now();
    if (this.#since !== null && time > this.#since.time) {
      const value = (1000 * (step - this.#since.step)) / (time - this.#since.time);
      this.#context.metrics([{ name: METRIC.throughput, step, value }]);
    }
    this.#since = { step, time };
    return undefined;
  }
}
