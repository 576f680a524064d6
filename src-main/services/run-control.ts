// Stopping a run from outside, whichever of its jobs is going on.
import type { Job } from './job-host.ts';
import { JobAbortedError } from './job-errors.ts';

/** The first request stops and keeps; an abort ends the process at hand. */
export class RunControl {
  #job: Job | null = null;
  #stopped = false;
  #aborted = false;

  /** Ends the present job early with what it has, and every later one that can be ended early. */
  stop(): void {
    this.#stopped = true;
    this.#job?.stop();
  }

  abort(): void {
    this.#aborted = true;
    this.#job?.abort();
  }

  /** @throws JobAbortedError when the run was aborted before this job began */
  take(job: Job): void {
    this.#job = job;
    if (this.#aborted) {
      job.abort();
      throw new JobAbortedError();
    }
    if (this.#stopped) job.stop();
  }
}
