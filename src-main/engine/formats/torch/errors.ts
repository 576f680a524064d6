// Why a PyTorch archive cannot be read.
import { SecateurError } from '../../../contract/secateur-error.ts';

/** It is an archive, but not one of named tensors, or its tensors do not fit their storages. */
export class MalformedTorchError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(`"${file}": ${problem}`, 'Save it again with torch.save(module.state_dict(), …).');
  }
}

/** A number type or byte order that no policy is stored in. */
export class UnsupportedTensorError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string, problem: string) {
    super(`"${file}": ${problem}`, 'Save dense tensors of floating-point or integer numbers, little-endian.');
  }
}

/** More or larger tensors than any policy has. */
export class TorchTooLargeError extends SecateurError {
  readonly kind = 'refused';

  constructor(file: string, problem: string) {
    super(`"${file}" is refused: ${problem}`, 'Save the policy alone, without optimizer or replay buffer.');
  }
}
