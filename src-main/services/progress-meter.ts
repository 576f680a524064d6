// Progress as a worker reports it, with how fast it goes and how long it will take.
import type { RunProgress } from '../contract/api/runs.ts';
import type { Progress } from '../contract/job.ts';
import { Rate } from './rate.ts';

export class ProgressMeter {
  readonly #clock: () => number;
  #rate = new Rate();
  #measured: RunProgress | null = null;

  /** @param clock milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Null before anything was reported. */
  get measured(): RunProgress | null {
    return this.#measured;
  }

  /** The rate is of the present stage: another one counts something else. */
  add(progress: Progress): RunProgress {
    if (progress.stage !== this.#measured?.stage) this.#rate = new Rate();
    this.#rate.add(this.#clock(), progress.done);
    const { perSecond } = this.#rate;
    const left = Math.max(0, progress.total - progress.done);
    this.#measured =
      perSecond === 0
        ? { ...progress, perSecond: null, secondsLeft: null }
        : { ...progress, perSecond, secondsLeft: left / perSecond };
    return this.#measured;
  }
}
