// Prioritised replay (Schaul et al. 2016, proportional variant): transitions are drawn the more often the more they surprised.
import { z } from 'zod';
import type { PrioritizedReplay } from '../../../contract/dqn.ts';
import type { Random } from '../../random/random.ts';
import { ForeignStateError, type Resumable, type SavedState } from '../saved-state.ts';
import { SumTree } from './sum-tree.ts';

const valuesSchema = z.strictObject({ size: z.int().min(0), largest: z.number().positive() });

export interface PrioritizedSlotsOptions extends PrioritizedReplay {
  /** Of the replay whose slots these are. */
  readonly capacity: number;
  readonly batchSize: number;
}

/**
 * P(i) = p_i^α / Σ_k p_k^α with p_i = |δ_i| + ε (eq. 1); a transition that was never learnt from has the largest priority
 * that there has been, so that each is learnt from at least once (algorithm 1, line 6).
 */
export class PrioritizedSlots implements Resumable {
  readonly #options: PrioritizedSlotsOptions;
  /** p^α by slot. */
  readonly #priorities: SumTree;
  readonly #drawn: Int32Array;
  readonly #weights: Float32Array;
  /** Transitions held. */
  #size = 0;
  /** Of all p^α so far. */
  #largest = 1;

  constructor(options: PrioritizedSlotsOptions) {
    this.#options = options;
    this.#priorities = new SumTree(options.capacity);
    this.#drawn = new Int32Array(options.batchSize);
    this.#weights = new Float32Array(options.batchSize);
  }

  /** A transition came into the slot. */
  filled(slot: number): void {
    this.#priorities.set(slot, this.#largest);
    if (slot >= this.#size) this.#size = slot + 1;
  }

  /**
   * A batch, to be learnt from before the next: one slot out of each of `batchSize` equal parts of Σ p^α (appendix B.2.1).
   * @param slots receives them, [batchSize]
   */
  draw(slots: Int32Array, random: Random): void {
    const { batchSize } = this.#options;
    const part = this.#priorities.total / batchSize;
    for (let i = 0; i < batchSize; i++) {
      const slot = this.#priorities.find((i + random.uniform()) * part);
      this.#drawn[i] = slot;
      slots[i] = slot;
    }
  }

  /**
   * w_i = (N·P(i))^−β / max_j w_j over the batch that was drawn (section 3.4): what makes up for drawing unevenly.
   * @param progress share of the run that is over; β rises linearly from `beta` to 1
   * @returns a view valid until the next call, [batchSize]
   */
  weights(progress: number): Float32Array {
    const beta = this.#options.beta + (1 - this.#options.beta) * Math.min(1, progress);
    const weights = this.#weights;
    // N and the sum of all p^α are the same in every weight, so they fall out against the largest.
    let least = Infinity;
    for (let i = 0; i < weights.length; i++) least = Math.min(least, this.#priorities.get(this.#drawn[i]!));
    for (let i = 0; i < weights.length; i++) weights[i] = (this.#priorities.get(this.#drawn[i]!) / least) ** -beta;
    return weights;
  }

  /** @param errors δ of the batch that was drawn, [batchSize] */
  learnt(errors: Float32Array): void {
    const { alpha, epsilon } = this.#options;
    for (let i = 0; i < errors.length; i++) {
      const priority = (Math.abs(errors[i]!) + epsilon) ** alpha;
      this.#priorities.set(this.#drawn[i]!, priority);
      if (priority > this.#largest) this.#largest = priority;
    }
  }

  /** Between two batches. */
  saveState(): SavedState {
    return {
      values: { size: this.#size, largest: this.#largest },
      arrays: { priorities: this.#priorities.first(this.#size) },
    };
  }

  loadState(state: SavedState): void {
    const { size, largest } = valuesSchema.parse(state.values);
    const { priorities } = state.arrays;
    if (!(priorities instanceof Float64Array) || priorities.length !== size || size > this.#options.capacity) {
      throw new ForeignStateError('priorities', `are not ${size} of at most ${this.#options.capacity}`);
    }
    this.#priorities.fill(priorities);
    this.#size = size;
    this.#largest = largest;
  }
}
