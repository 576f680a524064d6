// A network that does not fit.
import { SecateurError } from '../../../contract/secateur-error.ts';

/** The parameters and activations of a network need more memory than there is, or than WebAssembly can address. */
export class KernelMemoryError extends SecateurError {
  readonly kind = 'environment';

  constructor(bytes: number, maxBatch: number, options?: ErrorOptions) {
    super(
      `the network needs ${Math.ceil(bytes / 2 ** 20)} MiB for batches of ${maxBatch}, and that could not be had`,
      'Use a smaller batch, close other programs, or choose the TensorFlow backend.',
      options,
    );
  }
}
