// Layers that keep a multiple of so many units: vector instructions and accelerators work in such steps.
import { SecateurError } from '../../../contract/secateur-error.ts';

/** A multiple, where no units are removed. */
export class MultipleOfWeightsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(granularity: string) {
    super(
      `the granularity "${granularity}" removes no units, so layers cannot keep a multiple of them`,
      'Use the granularity neuron, or leave out the multiple.',
    );
  }
}

/** @throws MultipleOfWeightsError */
export function checkMultiple(multiple: number, granularity: { readonly id: string; readonly ranks: string }): void {
  if (multiple > 1 && granularity.ranks !== 'units') throw new MultipleOfWeightsError(granularity.id);
}

/** The next multiple from `kept` on, or all that there is. */
export function roundUp(kept: number, size: number, multiple: number): number {
  return Math.min(size, Math.ceil(kept / multiple) * multiple);
}
