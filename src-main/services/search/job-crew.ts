// The jobs of one run, a few at a time: paused, watched and ended as if they were one.
import type { JobRequest, JobResult } from '../../contract/job.ts';
import { JobAbortedError } from '../job-errors.ts';
import type { Job, JobControls, JobEvent, JobHost } from '../job-host.ts';

interface Waiting {
  readonly start: () => void;
  readonly giveUp: () => void;
}

export interface CrewOptions {
  readonly jobHost: JobHost;
  /** Jobs at the same time. */
  readonly size: number;
  readonly onEvent: (event: JobEvent) => void;
  readonly onPause: (paused: boolean) => void;
  /** The person asked to stop; what was still to be done is dismissed already. */
  readonly onStop: () => void;
}

export class JobCrew implements JobControls {
  readonly #options: CrewOptions;
  readonly #line: Waiting[] = [];
  readonly #running = new Set<Job>();
  /** Those of the running that hold. */
  readonly #held = new Set<Job>();
  #paused = false;
  #stopped = false;
  #aborted = false;
  #watched = false;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  /** Waits for its turn. @throws JobAbortedError when it was dismissed, beside what the job is rejected with */
  run<Kind extends JobResult['kind']>(
    request: Extract<JobRequest, { kind: Kind }>,
  ): Promise<Extract<JobResult, { kind: Kind }>> {
    if (this.#stopped) return Promise.reject(new JobAbortedError());
    return this.#enter(request);
  }

  /** The same for what is done even when the person asked to stop: what is kept has to be measured. */
  finish<Kind extends JobResult['kind']>(
    request: Extract<JobRequest, { kind: Kind }>,
  ): Promise<Extract<JobResult, { kind: Kind }>> {
    return this.#enter(request);
  }

  /** Ends what runs and what waits; there can be others after that. */
  dismiss(): void {
    for (const waiting of this.#line.splice(0)) waiting.giveUp();
    for (const job of this.#running) job.abort();
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    for (const job of this.#running) job.pause();
    this.#tellPause();
  }

  continue(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#held.clear();
    for (const job of this.#running) job.continue();
    this.#options.onPause(false);
    this.#serve();
  }

  watch(): void {
    if (this.#running.size === 0) this.#watched = true;
    for (const newest of [...this.#running].slice(-1)) newest.watch();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.continue();
    this.dismiss();
    this.#options.onStop();
  }

  abort(): void {
    this.#aborted = true;
    this.dismiss();
  }

  #enter<Kind extends JobResult['kind']>(
    request: Extract<JobRequest, { kind: Kind }>,
  ): Promise<Extract<JobResult, { kind: Kind }>> {
    const { promise, resolve, reject } = Promise.withResolvers<Extract<JobResult, { kind: Kind }>>();
    if (this.#aborted) {
      reject(new JobAbortedError());
      return promise;
    }
    const start = (): void => {
      this.#start(request).then((result) => {
        if (result.kind === request.kind) resolve(result as Extract<JobResult, { kind: Kind }>);
        else reject(new TypeError(`a ${request.kind} job answered with a ${result.kind} result`));
      }, reject);
    };
    this.#line.push({
      start,
      giveUp: () => {
        reject(new JobAbortedError());
      },
    });
    this.#serve();
    return promise;
  }

  #serve(): void {
    while (!this.#paused && this.#running.size < this.#options.size) {
      const next = this.#line.shift();
      if (next === undefined) return;
      next.start();
    }
  }

  async #start(request: JobRequest): Promise<JobResult> {
    const job = this.#options.jobHost.start(request, (event) => {
      if (event.type !== 'paused') this.#options.onEvent(event);
      else if (event.paused) this.#hold(job);
    });
    this.#running.add(job);
    if (this.#watched) job.watch();
    this.#watched = false;
    try {
      return await job.result;
    } finally {
      this.#running.delete(job);
      this.#held.delete(job);
      this.#serve();
      if (this.#paused) this.#tellPause();
    }
  }

  #hold(job: Job): void {
    if (!this.#paused) return;
    this.#held.add(job);
    this.#tellPause();
  }

  #tellPause(): void {
    if ([...this.#running].every((job) => this.#held.has(job))) this.#options.onPause(true);
  }
}
