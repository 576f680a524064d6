// How a job can end without a result, apart from what its worker reports.
import { SecateurError } from '../contract/secateur-error.ts';

/** The person aborted it. */
export class JobAbortedError extends SecateurError {
  readonly kind = 'cancelled';

  constructor() {
    super('it was cancelled before it was finished', 'Nothing of it was kept; run the same recipe again to repeat it.');
  }
}

/** The worker process ended without an answer: crashed, killed, out of memory. */
export class WorkerDiedError extends SecateurError {
  readonly kind = 'failed';

  constructor(how: string, lastWords: string) {
    super(
      `the worker process died (${how})${lastWords === '' ? '' : `: ${lastWords}`}`,
      'Its log is kept with the run. Run it again; if it dies again, give it more memory or a smaller recipe.',
    );
  }
}

/** The worker sent something that is not part of the contract. */
export class WorkerProtocolError extends SecateurError {
  readonly kind = 'internal';

  constructor(detail: string) {
    super(`the worker process sent an unknown message: ${detail}`, 'This is a bug in Secateur; please report it.');
  }
}

/** A file that took longer to read than any honest one. */
export class JobTimeoutError extends SecateurError {
  readonly kind = 'failed';

  constructor(seconds: number) {
    super(`the job did not finish within ${seconds} s and was ended`, 'Check that the file is what it claims to be.');
  }
}
