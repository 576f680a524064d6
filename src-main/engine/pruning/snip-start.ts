// Pruning before training by SNIP (Lee et al. 2019): which weights the loss hangs on, before the first of them has learnt.
import { arraysOf, type Resumable, type SavedState } from '../agents/saved-state.ts';
import type { Parameters } from '../networks/parameters.ts';
import type { GradientStatistics } from './gradient-statistics.ts';

/** Updates whose gradients are looked at and not stepped along: a few hundred to a few thousand samples. */
export const SNIP_UPDATES = 16;

/**
 * Sums up the gradients of the algorithm's own loss, while the weights stay as they are. The mean over equally large batches
 * is the gradient of all of them as one, with which the connection sensitivity |w·∂L/∂w| is taken.
 */
export class SnipStart implements Resumable {
  #sums: Record<string, Float64Array> = {};

  /**
   * To be asked in each of the first updates, in order.
   * @param gradients of this update, by parameter
   * @returns null while there is more to be seen
   */
  see(gradients: Parameters, update: number): GradientStatistics | null {
    for (const [name, gradient] of Object.entries(gradients)) {
      const sums = (this.#sums[name] ??= new Float64Array(gradient.length));
      for (let i = 0; i < sums.length; i++) sums[i]! += gradient[i]!;
    }
    if (update < SNIP_UPDATES - 1) return null;
    const weights = Object.fromEntries(
      Object.entries(this.#sums).map(([name, sums]) => {
        const mean = Float32Array.from(sums, (sum) => sum / SNIP_UPDATES);
        // Of all batches as one sample.
        const one = { mean, meanMagnitude: mean.map(Math.abs), meanSquare: mean.map((g) => g * g) };
        return [name, one] as const;
      }),
    );
    this.#sums = {};
    return { weights, units: {} };
  }

  saveState(): SavedState {
    return { values: null, arrays: this.#sums };
  }

  loadState(state: SavedState): void {
    this.#sums = arraysOf(state, Float64Array);
  }
}
