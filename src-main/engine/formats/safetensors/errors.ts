// Why a safetensors file is not read, one class per cause.
import { SecateurError } from '../../../contract/secateur-error.ts';

/** It ends before what its header announces. */
export class TruncatedSafetensorsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(`"${file}" is cut short: ${problem}`, 'The file was not written or copied completely; get it again.');
  }
}

/** Its header is not what the format prescribes. */
export class MalformedSafetensorsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(
      `"${file}" is not a sound safetensors file: ${problem}`,
      'Write it again, or get it from where it was written.',
    );
  }
}

/** More than any policy has. */
export class SafetensorsTooLargeError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, problem: string) {
    super(`"${file}" is too large: ${problem}`, 'Secateur opens policies, not language models.');
  }
}

/** Tensors without the description of the network that they belong to. */
export class MissingDescriptionError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string) {
    super(
      `"${file}" holds tensors, but not the network that they belong to`,
      'Only safetensors files that Secateur wrote say so; import the agent from the file its trainer saved.',
    );
  }
}

/** A Secateur model whose description or masks cannot be used. */
export class MalformedModelError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(`"${file}" is not a sound Secateur model: ${problem}`, 'Export the model again.');
  }
}
