// What can be wrong with a zip file, one class per cause.
import { SecateurError } from '../../../contract/secateur-error.ts';

/** No zip signature at all. */
export class NotAZipError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string) {
    super(`"${file}" is not a zip file`, 'Choose the .zip that Stable-Baselines3 wrote with model.save().');
  }
}

/** It begins as a zip, but its directory or the data of an entry is missing. */
export class TruncatedZipError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, what: string) {
    super(`"${file}" is cut short: ${what}`, 'The file was not written or copied completely; get it again.');
  }
}

/** Its structures contradict each other, or compressed data cannot be decompressed. */
export class DamagedZipError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(`"${file}" is damaged: ${problem}`, 'Get the file again from where it was written.');
  }
}

/** The data of an entry is not what was once written. */
export class ZipChecksumError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, entry: string) {
    super(`"${file}": the checksum of entry "${entry}" does not match`, 'The file is damaged; get it again.');
  }
}

/** It would become far larger than any model when unpacked. */
export class ZipBombError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, problem: string) {
    super(`"${file}" is refused as a zip bomb: ${problem}`, 'No model is packed like this; do not trust the file.');
  }
}

/** More entries or bytes than Secateur reads. */
export class ZipTooLargeError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, problem: string) {
    super(`"${file}" is too large: ${problem}`, 'Save the model alone, without replay buffers or videos.');
  }
}

/** A name that would leave the folder it is unpacked to, or that is no name. */
export class ZipEntryNameError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, entry: string) {
    super(
      `"${file}": the entry name ${JSON.stringify(entry)} is not allowed`,
      'Names must be relative, without "..", backslashes or drive letters; do not trust the file.',
    );
  }
}

/** Two entries of one name: different readers would see different files. */
export class DuplicateZipEntryError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, entry: string) {
    super(`"${file}": the entry "${entry}" occurs twice`, 'Write the file again; a model has each entry once.');
  }
}

/** Encryption, or a compression method other than stored and deflated. */
export class UnsupportedZipError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string, entry: string, feature: string) {
    super(`"${file}": entry "${entry}" uses ${feature}`, 'Pack it again without encryption, stored or deflated.');
  }
}

/** An entry that the format needs is not there. */
export class MissingZipEntryError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, entry: string) {
    super(`"${file}" has no entry "${entry}"`, 'The file is incomplete or of another kind; save the model again.');
  }
}
