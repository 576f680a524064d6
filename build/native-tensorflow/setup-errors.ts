// What keeps native TensorFlow from being set up; all of it is the machine's, and each is one line with a way out.
import { SecateurError } from '../../src-main/contract/secateur-error.ts';

/** Something that must be there before anything is downloaded. */
export class MissingPrerequisiteError extends SecateurError {
  readonly kind = 'environment';
}

/** A program that was there did not do its part: no network, no wheel for this Python, a compiler error. */
export class StepFailedError extends SecateurError {
  readonly kind = 'environment';
}
