// Stopping and pausing a run from outside, whichever of its jobs is going on.
import type { JobControls } from './job-host.ts';
import { JobAbortedError } from './job-errors.ts';

/** The first request stops and keeps; an abort ends the process at hand. */
export class RunControl {
  /** Resolves when the run may compute; rejects when it was given up before. */
  readonly turn: Promise<unknown>;
  #job: JobControls | null = null;
  #stopped = false;
  #paused = false;
  #aborted = false;
  #watched = false;

  /** @param turn waits for a place among the runs that compute; without it there is always one */
  constructor(turn: Promise<unknown> = Promise.resolve()) {
    this.turn = turn;
  }

  /** Ends the present job early with what it has, and every later one that can be ended early. */
  stop(): void {
    this.#stopped = true;
    this.#job?.stop();
  }

  pause(): void {
    this.#paused = true;
    this.#job?.pause();
  }

  continue(): void {
    this.#paused = false;
    this.#job?.continue();
  }

  /** Asks for the policy that plays now, of this job or of the first that has one. */
  watch(): void {
    this.#watched = true;
    this.#job?.watch();
  }

  abort(): void {
    this.#aborted = true;
    this.#job?.abort();
  }

  /** @throws JobAbortedError when the run was aborted before this job began */
  take(job: JobControls): void {
    this.#job = job;
    if (this.#aborted) {
      job.abort();
      throw new JobAbortedError();
    }
    if (this.#watched) job.watch();
    if (this.#stopped) job.stop();
    else if (this.#paused) job.pause();
  }
}
