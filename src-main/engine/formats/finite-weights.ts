// Weights that are not numbers make every answer of a policy meaningless: found at the door, with the tensor's name.
import { SecateurError } from '../../contract/secateur-error.ts';

/** A weight is NaN or infinite. */
export class NonFiniteWeightsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(options: { file: string; tensor: string; index: number; value: number }) {
    const { file, tensor, index, value } = options;
    super(
      `"${file}": tensor "${tensor}" holds ${value} at position ${index}`,
      'The training of this agent diverged, or the file is damaged; use an earlier checkpoint.',
    );
  }
}

/** @throws NonFiniteWeightsError */
export function checkFinite(options: { file: string; tensor: string; values: Float32Array }): void {
  const { file, tensor, values } = options;
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw new NonFiniteWeightsError({ file, tensor, index, value: values[index]! });
}
