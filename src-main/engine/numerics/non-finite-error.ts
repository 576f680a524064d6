// Gradients that are no numbers: an optimizer must not let them into the parameters.
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Parameters } from '../networks/parameters.ts';

/** A gradient is NaN or infinite: the loss has diverged, or was fed something that is not a number. */
export class NonFiniteError extends SecateurError {
  readonly kind = 'failed';
  /** `<layer>/kernel` or `<layer>/bias`: the first one hit, in forward order. */
  readonly parameter: string;

  constructor(parameter: string, index: number, value: number) {
    super(
      `the gradient of "${parameter}" is ${value} at entry ${index}`,
      'The training diverged. Lower the learning rate, or limit the gradient norm.',
    );
    this.parameter = parameter;
  }
}

/**
 * Every entry of every gradient is a finite number.
 * @param gradients in forward order, as `NetworkInstance.gradients` returns them.
 * @throws NonFiniteError naming the first parameter that has one which is not.
 */
export function checkFinite(gradients: Parameters): void {
  for (const [name, values] of Object.entries(gradients)) {
    const index = values.findIndex((value) => !Number.isFinite(value));
    if (index !== -1) throw new NonFiniteError(name, index, values[index]!);
  }
}
