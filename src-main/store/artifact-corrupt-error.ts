import { SecateurError } from '../contract/secateur-error.ts';

/** A file of a bundle or an artifact is not what was written. */
export class ArtifactCorruptError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(path: string, why: string) {
    super(`"${path}" is damaged: ${why}`, 'Restore it from a backup, or make it again from its run or its source.');
  }
}
