// Runs that belong together: some of them compute, the others wait, and all are stopped as one.
import { JobAbortedError } from './job-errors.ts';
import { RunControl } from './run-control.ts';
import { Turns, type Turn } from './turns.ts';

export class RunGroup {
  readonly #turns: Turns;
  readonly #members = new Map<RunControl, Turn>();
  #stopped = false;

  /** @param concurrent runs that compute at the same time */
  constructor(concurrent: number) {
    this.#turns = new Turns(concurrent);
  }

  /** Whether it was stopped or aborted. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Does some work when there is a place for it. */
  async join<T>(work: (control: RunControl) => Promise<T>): Promise<T> {
    const turn = this.#turns.take();
    const control = new RunControl(turn.granted);
    this.#members.set(control, turn);
    try {
      return await work(control);
    } finally {
      this.#members.delete(control);
      turn.giveUp(new JobAbortedError());
      turn.release();
    }
  }

  /** Keeps what those that compute have; those that wait have nothing to keep and are cancelled. */
  stop(): void {
    this.#stopped = true;
    for (const [control, turn] of this.#members) if (!turn.giveUp(new JobAbortedError())) control.stop();
  }

  abort(): void {
    this.#stopped = true;
    for (const [control, turn] of this.#members) {
      turn.giveUp(new JobAbortedError());
      control.abort();
    }
  }
}
