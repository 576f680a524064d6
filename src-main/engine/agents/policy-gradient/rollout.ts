// A rollout: the last steps of all environments as columns, from which the agent learns and which it then forgets.
import { z } from 'zod';
import type { Random } from '../../random/random.ts';
import { restoreArray, type Resumable, type SavedState } from '../saved-state.ts';
import { copyRow } from '../copy-row.ts';
import { generalizedAdvantages } from './advantages.ts';
import type { PlayedSteps } from './loss.ts';

export interface RolloutShape {
  readonly nSteps: number;
  readonly environments: number;
  readonly observationSize: number;
  readonly actionSize: number;
}

/** A batch of steps with what was observed. */
export interface StepBatch extends PlayedSteps {
  /** [batch, observationSize] */
  readonly observations: Float32Array;
}

function allocate(size: number, { observationSize, actionSize }: RolloutShape): StepBatch {
  return {
    observations: new Float32Array(size * observationSize),
    actions: new Float32Array(size * actionSize),
    logProbabilities: new Float32Array(size),
    values: new Float32Array(size),
    advantages: new Float32Array(size),
    returns: new Float32Array(size),
  };
}

const cursorSchema = z.strictObject({ steps: z.int().min(0), drawn: z.int().min(0) });

/**
 * Filled step by step, every column [nSteps, environments, …]; then drawn from in batches, each pass over all steps in
 * an order of its own. Nothing is allocated between the first step and the last batch.
 */
export class Rollout implements Resumable {
  readonly shape: RolloutShape;
  /** Steps of all environments together. */
  readonly size: number;
  readonly columns: StepBatch;
  readonly rewards: Float32Array;
  /** 1 where the episode ended with the step. */
  readonly ended: Uint8Array;
  /** As `AdvantageInput` has it. */
  readonly bootstraps: Float32Array;
  readonly #batch: StepBatch;
  readonly #order: Int32Array;
  #steps = 0;
  #drawn = 0;

  /** @param batchSize rows of the batches to be drawn, at most all. */
  constructor(shape: RolloutShape, batchSize: number) {
    this.shape = shape;
    this.size = shape.nSteps * shape.environments;
    this.columns = allocate(this.size, shape);
    this.rewards = new Float32Array(this.size);
    this.ended = new Uint8Array(this.size);
    this.bootstraps = new Float32Array(this.size);
    this.#batch = allocate(batchSize, shape);
    this.#order = Int32Array.from({ length: this.size }, (_, i) => i);
  }

  /** Row of the first environment in the step that is being filled. */
  get row(): number {
    return this.#steps * this.shape.environments;
  }

  get full(): boolean {
    return this.#steps === this.shape.nSteps;
  }

  /** Whether the step that is being filled is the last. */
  get closing(): boolean {
    return this.#steps === this.shape.nSteps - 1;
  }

  /** The step is filled. */
  next(): void {
    this.#steps++;
  }

  /** Advantages and returns of all steps. */
  judge({ gamma, lambda }: { readonly gamma: number; readonly lambda: number }): void {
    const { environments } = this.shape;
    const { values, advantages, returns } = this.columns;
    const { rewards, ended, bootstraps } = this;
    generalizedAdvantages({
      environments,
      rewards,
      values,
      ended,
      bootstraps,
      gamma,
      lambda,
      advantages,
      returns,
    });
  }

  /** Forgets all steps. */
  clear(): void {
    this.#steps = 0;
    this.#drawn = 0;
  }

  /**
   * The next batch of a pass, a view valid until the next call, and how many of its rows count: the last of a pass may
   * be short. A pass that is one batch needs no order.
   */
  draw(random: Random): { batch: StepBatch; count: number } {
    const batch = this.#batch;
    const whole = batch.values.length >= this.size;
    if (this.#drawn === 0 && !whole) this.#shuffle(random);
    const count = Math.min(batch.values.length, this.size - this.#drawn);
    const { observationSize, actionSize } = this.shape;
    for (let row = 0; row < count; row++) {
      const from = this.#order[this.#drawn + row]!;
      copyRow(this.columns.observations, from, batch.observations, row, observationSize);
      copyRow(this.columns.actions, from, batch.actions, row, actionSize);
      batch.logProbabilities[row] = this.columns.logProbabilities[from]!;
      batch.values[row] = this.columns.values[from]!;
      batch.advantages[row] = this.columns.advantages[from]!;
      batch.returns[row] = this.columns.returns[from]!;
    }
    this.#drawn += count;
    if (this.#drawn === this.size) this.#drawn = 0;
    return { batch, count };
  }

  /** Fisher & Yates. */
  #shuffle(random: Random): void {
    const order = this.#order;
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      const swapped = order[i]!;
      order[i] = order[j]!;
      order[j] = swapped;
    }
  }

  saveState(): SavedState {
    return {
      values: { steps: this.#steps, drawn: this.#drawn },
      arrays: {
        ...this.columns,
        rewards: this.rewards,
        ended: this.ended,
        bootstraps: this.bootstraps,
        order: this.#order,
      },
    };
  }

  loadState(state: SavedState): void {
    const { steps, drawn } = cursorSchema.parse(state.values);
    for (const [name, array] of Object.entries(this.columns)) restoreArray(array as Float32Array, state, name);
    restoreArray(this.rewards, state, 'rewards');
    restoreArray(this.ended, state, 'ended');
    restoreArray(this.bootstraps, state, 'bootstraps');
    restoreArray(this.#order, state, 'order');
    this.#steps = steps;
    this.#drawn = drawn;
  }
}
