// Whether weights move away from zero or towards it while a network trains.
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Allocation } from './allocation/allocation.ts';
import type { Parameters } from '../networks/parameters.ts';
import type { NetworkInstance } from '../numerics/backend.ts';
import type { Recovery } from './recovery/recovery.ts';

/** Movement is asked for where nothing is trained along gradients. */
export class MovementWithoutTrainingError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(where: string) {
    super(
      `the criterion "movement" watches how weights move in training, and ${where} trains nothing along gradients`,
      'Prune by hand with the recovery distill or fine-tune and some updates, or use the criterion taylor or snip.',
    );
  }
}

/** Layers are pruned by movement before there is any. */
export class MovementBeforeTrainingError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(allocation: string) {
    super(
      `the allocation "${allocation}" prunes each layer before anything is trained, when the criterion "movement" has seen nothing`,
      'Use the allocation global, uniform, erk or lamp, or the criterion taylor or snip.',
    );
  }
}

/**
 * Σ over updates of −w·∂L/∂w, of every kernel (Sanh et al. 2020, eq. 5): positive where gradient descent moves a weight
 * away from zero. Gradients are dense, also where pruned.
 */
export class Movement {
  readonly #sums: Record<string, Float64Array> = {};

  /** After a backward pass and before its step. */
  observe(network: NetworkInstance): void {
    const gradients = network.gradients();
    for (const [name, weights] of Object.entries(network.readParameters())) {
      if (!name.endsWith('/kernel')) continue;
      const sums = (this.#sums[name] ??= new Float64Array(weights.length));
      const gradient = gradients[name]!;
      for (let i = 0; i < weights.length; i++) sums[i]! -= weights[i]! * gradient[i]!;
    }
  }

  /** By kernel; empty before the first update. */
  sums(): Parameters {
    return Object.fromEntries(Object.entries(this.#sums).map(([name, sums]) => [name, Float32Array.from(sums)]));
  }
}

/**
 * Whether there will be any movement to see, and whether there is when it is asked for.
 * @throws MovementBeforeTrainingError, MovementWithoutTrainingError
 */
export function checkMoves(
  { recovery, allocation }: { readonly recovery: Recovery; readonly allocation: Allocation },
  updates: number,
): void {
  if (allocation.needs === 'sensitivity') throw new MovementBeforeTrainingError(allocation.id);
  if (!recovery.followsGradients) throw new MovementWithoutTrainingError(`the recovery "${recovery.id}"`);
  if (updates === 0) throw new MovementWithoutTrainingError('a recovery of 0 updates');
}
