// What can go wrong with a thread that steps worlds: one class per cause.
import { SecateurError, type Problem } from '../../contract/secateur-error.ts';

const ONE_THREAD = 'Resume the run, with --environment-threads 1 for one thread only.';

/** It does not start: no memory, or its file is not there. */
export class EnvironmentThreadNotStartedError extends SecateurError {
  readonly kind = 'environment';

  constructor(environment: string, cause: Error) {
    super(`a thread for worlds of ${environment} does not start: ${cause.message}`, ONE_THREAD, { cause });
  }
}

/** A world threw, or the thread has ended. */
export class EnvironmentThreadFailedError extends SecateurError {
  readonly kind = 'failed';

  constructor(environment: string, doing: string, problem: Pick<Problem, 'message'>) {
    super(`a thread with worlds of ${environment} failed while ${doing}: ${problem.message}`, ONE_THREAD);
  }
}

/** No answer in time: it hangs, or has ended without a word, as for want of memory. */
export class EnvironmentThreadSilentError extends SecateurError {
  readonly kind = 'failed';

  constructor(environment: string, doing: string, seconds: number) {
    super(`a thread with worlds of ${environment} did not answer for ${seconds} s while ${doing}`, ONE_THREAD);
  }
}
