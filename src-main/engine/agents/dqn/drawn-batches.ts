// Batches drawn ahead of their updates. Between two steps the target network stays as it is, so it is asked once about each
// of the states that all of these updates need.
import type { NetworkInstance } from '../../numerics/backend.ts';
import { Random, type RandomState } from '../../random/random.ts';
import { copyRow } from '../copy-row.ts';
import type { PrioritizedSlots } from './prioritized-slots.ts';
import type { ReplayBuffer, Transitions } from './replay.ts';

/** Transitions drawn at a time at most, which bounds the memory. */
const MOST_DRAWS = 16_384;

export interface DrawnBatchesOptions {
  readonly replay: ReplayBuffer;
  readonly target: NetworkInstance;
  readonly batchSize: number;
  readonly actionCount: number;
  readonly observationSize: number;
  /** Updates between two steps. */
  readonly updates: number;
  /** Whether batches need their next observations as well. */
  readonly nextObservations: boolean;
  /** Draws instead of chance alone. Each batch changes what is drawn next, so there can be but one: `updates` is 1. */
  readonly prioritized?: PrioritizedSlots;
}

export class DrawnBatches {
  readonly #options: DrawnBatchesOptions;
  /** Batches that there is room for. */
  readonly #most: number;
  /** Where in the replay, [batches, batchSize]. */
  readonly #slots: Int32Array;
  /** The same in ascending order: neighbours are alike, and kernels leave out what is zero in all of a group. */
  readonly #sorted: Int32Array;
  /** By slot: its row of values. */
  readonly #rows: Int32Array;
  /** Q-values of the next states, [slots, actions]. */
  readonly #values: Float32Array;
  readonly #nextObservations: Float32Array;
  /** Randomness before the draws. */
  #before: RandomState | null = null;
  #drawn = 0;
  #taken = 0;

  constructor(options: DrawnBatchesOptions) {
    const { replay, batchSize, actionCount, observationSize, updates } = options;
    this.#options = options;
    this.#most = Math.max(1, Math.min(updates, Math.floor(MOST_DRAWS / batchSize)));
    const draws = this.#most * batchSize;
    this.#slots = new Int32Array(draws);
    this.#sorted = new Int32Array(this.#most === 1 ? 0 : draws);
    this.#rows = new Int32Array(replay.capacity);
    this.#values = new Float32Array(draws * actionCount);
    this.#nextObservations = new Float32Array(batchSize * observationSize);
  }

  /** Batches that were drawn and not taken. */
  get left(): number {
    return this.#drawn - this.#taken;
  }

  /** Draws so many batches, or as many as there is room for. The replay must not be empty. */
  draw(batches: number, random: Random): void {
    const { replay, batchSize, prioritized } = this.#options;
    this.#drawn = Math.max(1, Math.min(batches, this.#most));
    this.#taken = 0;
    this.#before = random.saveState();
    const draws = this.#drawn * batchSize;
    if (prioritized !== undefined) prioritized.draw(this.#slots, random);
    else for (let i = 0; i < draws; i++) this.#slots[i] = random.integer(replay.size);
    if (this.#drawn === 1) this.#evaluate(this.#slots, draws);
    else this.#evaluate(this.#sorted, this.#sortSlots(draws));
  }

  /** @returns how many different slots there are, which are then the first of `#sorted`. */
  #sortSlots(draws: number): number {
    const sorted = this.#sorted.subarray(0, draws);
    sorted.set(this.#slots.subarray(0, draws));
    sorted.sort();
    let distinct = 1;
    for (let i = 1; i < draws; i++) if (sorted[i] !== sorted[distinct - 1]) sorted[distinct++] = sorted[i]!;
    return distinct;
  }

  /** Asks the target network about the next states of the first `count` of some slots. */
  #evaluate(slots: Int32Array, count: number): void {
    const { replay, target, batchSize, actionCount } = this.#options;
    const observations = this.#nextObservations;
    for (let first = 0; first < count; first += batchSize) {
      const rows = Math.min(batchSize, count - first);
      for (let row = 0; row < rows; row++) {
        const slot = slots[first + row]!;
        replay.readNextObservation(slot, observations, row);
        this.#rows[slot] = first + row;
      }
      // Always a whole batch, whatever is left in its last rows: smaller ones may round otherwise.
      this.#values.set(target.forward(observations, batchSize), first * actionCount);
    }
  }

  /** The next batch, and what the target network says of its next states, [batchSize, actions]. */
  take(batch: Transitions, nextQ: Float32Array): void {
    const { replay, batchSize, actionCount, nextObservations } = this.#options;
    const first = this.#taken * batchSize;
    for (let row = 0; row < batchSize; row++) {
      const slot = this.#slots[first + row]!;
      replay.read(slot, batch, row);
      if (nextObservations) replay.readNextObservation(slot, batch.nextObservations, row);
      copyRow(this.#values, this.#rows[slot]!, nextQ, row, actionCount);
    }
    this.#taken++;
  }

  /** The randomness as if no more had been drawn than was taken. @param random that was drawn from */
  randomnessOfTaken(random: Random): Random {
    if (this.left === 0 || this.#before === null) return random;
    const { replay, batchSize } = this.#options;
    const earlier = Random.fromState(this.#before);
    for (let i = 0; i < this.#taken * batchSize; i++) earlier.integer(replay.size);
    return earlier;
  }

  /** Forgets what was drawn and not taken. */
  clear(): void {
    this.#drawn = 0;
    this.#taken = 0;
  }
}
