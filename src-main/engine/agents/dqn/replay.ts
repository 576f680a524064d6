// Experience replay (Lin 1992): a ring of transitions in typed arrays.
import { z } from 'zod';
import { restoreArray, type Resumable, type SavedState } from '../saved-state.ts';
import { ObservationStore } from './observation-store.ts';

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

export interface ReplayBufferOptions {
  readonly capacity: number;
  readonly observationSize: number;
  /** Told of the slot of every transition that comes in. */
  readonly onFill?: (slot: number) => void;
}

/** The latest `capacity` transitions. */
export class ReplayBuffer implements Resumable {
  readonly capacity: number;
  readonly #observations: ObservationStore;
  readonly #nextObservations: ObservationStore;
  readonly #actions: Int32Array;
  readonly #rewards: Float32Array;
  readonly #discounts: Float32Array;
  readonly #onFill: ((slot: number) => void) | undefined;
  #size = 0;
  #next = 0;

  constructor({ capacity, observationSize, onFill }: ReplayBufferOptions) {
    this.capacity = capacity;
    this.#onFill = onFill;
    this.#observations = new ObservationStore({ rows: capacity, width: observationSize });
    this.#nextObservations = new ObservationStore({ rows: capacity, width: observationSize });
    this.#actions = new Int32Array(capacity);
    this.#rewards = new Float32Array(capacity);
    this.#discounts = new Float32Array(capacity);
  }

  /** Transitions held, at most the capacity. */
  get size(): number {
    return this.#size;
  }

  /** Replaces the oldest transition by row `row` of `departures`, arriving at row `nextRow` of `nextObservations`. */
  add(departures: Departures, row: number, nextObservations: Float32Array, nextRow: number): void {
    const slot = this.#next;
    this.#observations.write(slot, departures.observations, row);
    this.#nextObservations.write(slot, nextObservations, nextRow);
    this.#actions[slot] = departures.actions[row]!;
    this.#rewards[slot] = departures.rewards[row]!;
    this.#discounts[slot] = departures.discounts[row]!;
    this.#next = slot + 1 === this.capacity ? 0 : slot + 1;
    if (this.#size < this.capacity) this.#size++;
    this.#onFill?.(slot);
  }

  /** Copies the transition of a slot, 0 to `size` − 1, to a row; its next observation apart. */
  read(slot: number, departures: Departures, row: number): void {
    this.#observations.read(slot, departures.observations, row);
    departures.actions[row] = this.#actions[slot]!;
    departures.rewards[row] = this.#rewards[slot]!;
    departures.discounts[row] = this.#discounts[slot]!;
  }

  readNextObservation(slot: number, nextObservations: Float32Array, row: number): void {
    this.#nextObservations.read(slot, nextObservations, row);
  }

  /** Views of what is filled, and the cursor. */
  saveState(): SavedState {
    const size = this.#size;
    return {
      values: { size, next: this.#next },
      arrays: {
        observations: this.#observations.first(size),
        actions: this.#actions.subarray(0, size),
        rewards: this.#rewards.subarray(0, size),
        discounts: this.#discounts.subarray(0, size),
        nextObservations: this.#nextObservations.first(size),
      },
    };
  }

  loadState(state: SavedState): void {
    const { size, next } = cursorSchema.parse(state.values);
    this.#observations.load(state, 'observations', size);
    restoreArray(this.#actions, state, 'actions', size);
    restoreArray(this.#rewards, state, 'rewards', size);
    restoreArray(this.#discounts, state, 'discounts', size);
    this.#nextObservations.load(state, 'nextObservations', size);
    this.#size = size;
    this.#next = next;
  }
}
