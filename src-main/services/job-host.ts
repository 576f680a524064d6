// Where jobs run: a process each. The child process of a CLI and the utility process of a window are two of these.
import type { JobRequest, JobResult, WorkerMessage } from '../contract/job.ts';

/** What a worker says before its last word. */
export type JobEvent = Exclude<WorkerMessage, { type: 'result' | 'failed' }>;

export interface JobControls {
  /** Holds, or goes on; the worker says when it does (`paused`). */
  pause(): void;
  continue(): void;
  /** Asks for the policy as it is now; the worker says it (`policy`) as soon as it has one. */
  watch(): void;
  /** Ends early and keeps what is there; the result still comes. */
  stop(): void;
  /** Ends the process; the result is rejected with a `JobAbortedError`. */
  abort(): void;
}

export interface Job extends JobControls {
  /** Rejected with a `SecateurError`: what the worker reported, or that it died. */
  readonly result: Promise<JobResult>;
}

export interface JobHost {
  /** @param python which one the person has chosen, if any */
  start(request: JobRequest, onEvent: (event: JobEvent) => void, python?: string | null): Job;
}
