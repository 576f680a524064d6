// Experience replay (Lin 1992): a ring of transitions in typed arrays.
import { z } from 'zod';
import { copyRow } from '../copy-row.ts';
import { restoreArray, type Resumable, type SavedState } from '../saved-state.ts';

/** The first half of transitions, as columns. */
export interface Departures {
  /** [size, observationSize] */
  readonly observations: Float32Array;
  /** [size] */
  readonly actions: Int32Array;
  /** Discounted sum of the n rewards, [size]. */
  readonly rewards: Float32Array;
  /** γⁿ, or 0 if the episode terminated: what the value of the next observation is worth. [size] */
  readonly discounts: Float32Array;
}

/** Transitions as columns. */
export interface Transitions extends Departures {
  /** [size, observationSize] */
  readonly nextObservations: Float32Array;
}

export function allocateDepartures(size: number, observationSize: number): Departures {
  return {
    observations: new Float32Array(size * observationSize),
    actions: new Int32Array(size),
    rewards: new Float32Array(size),
    discounts: new Float32Array(size),
  };
}

export function allocateTransitions(size: number, observationSize: number): Transitions {
  return {
    ...allocateDepartures(size, observationSize),
    nextObservations: new Float32Array(size * observationSize),
  };
}

const cursorSchema = z.strictObject({ size: z.int().min(0), next: z.int().min(0) });

/** The latest `capacity` transitions. */
export class ReplayBuffer implements Resumable {
  readonly capacity: number;
  readonly #observationSize: number;
  readonly #ring: Transitions;
  #size = 0;
  #next = 0;

  constructor({ capacity, observationSize }: { capacity: number; observationSize: number }) {
    this.capacity = capacity;
    this.#observationSize = observationSize;
    this.#ring = allocateTransitions(capacity, observationSize);
  }

  /** Transitions held, at most the capacity. */
  get size(): number {
    return this.#size;
  }

  /** Replaces the oldest transition by row `row` of `departures`, arriving at row `nextRow` of `nextObservations`. */
  add(departures: Departures, row: number, nextObservations: Float32Array, nextRow: number): void {
    const ring = this.#ring;
    const slot = this.#next;
    copyRow(departures.observations, row, ring.observations, slot, this.#observationSize);
    copyRow(nextObservations, nextRow, ring.nextObservations, slot, this.#observationSize);
    ring.actions[slot] = departures.actions[row]!;
    ring.rewards[slot] = departures.rewards[row]!;
    ring.discounts[slot] = departures.discounts[row]!;
    this.#next = slot + 1 === this.capacity ? 0 : slot + 1;
    if (this.#size < this.capacity) this.#size++;
  }

  /** Copies the transition of a slot, 0 to `size` − 1, to a row; its next observation apart. */
  read(slot: number, departures: Departures, row: number): void {
    const ring = this.#ring;
    copyRow(ring.observations, slot, departures.observations, row, this.#observationSize);
    departures.actions[row] = ring.actions[slot]!;
    departures.rewards[row] = ring.rewards[slot]!;
    departures.discounts[row] = ring.discounts[slot]!;
  }

  readNextObservation(slot: number, nextObservations: Float32Array, row: number): void {
    copyRow(this.#ring.nextObservations, slot, nextObservations, row, this.#observationSize);
  }

  /** Views of what is filled, and the cursor. */
  saveState(): SavedState {
    const { observations, actions, rewards, discounts, nextObservations } = this.#ring;
    const size = this.#size;
    return {
      values: { size, next: this.#next },
      arrays: {
        observations: observations.subarray(0, size * this.#observationSize),
        actions: actions.subarray(0, size),
        rewards: rewards.subarray(0, size),
        discounts: discounts.subarray(0, size),
        nextObservations: nextObservations.subarray(0, size * this.#observationSize),
      },
    };
  }

  loadState(state: SavedState): void {
    const { size, next } = cursorSchema.parse(state.values);
    const { observations, actions, rewards, discounts, nextObservations } = this.#ring;
    restoreArray(observations, state, 'observations', size * this.#observationSize);
    restoreArray(actions, state, 'actions', size);
    restoreArray(rewards, state, 'rewards', size);
    restoreArray(discounts, state, 'discounts', size);
    restoreArray(nextObservations, state, 'nextObservations', size * this.#observationSize);
    this.#size = size;
    this.#next = next;
  }
}
