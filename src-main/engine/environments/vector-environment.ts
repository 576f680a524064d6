// Several episodes of one environment side by side: seeding, time limits, and arrays that a batch can be read from.
import type { Scene } from '../../contract/environment.ts';
import { sizeOf } from '../networks/shapes.ts';
import { Random, type RandomState } from '../random/random.ts';
import type { Action, EnvironmentDefinition, Slots, Worlds } from './environment.ts';
import { LocalWorlds } from './local-worlds.ts';

/** All that continues exactly: plain numbers, for a checkpoint. One entry per slot. */
export interface VectorEnvironmentState {
  readonly worlds: readonly (readonly number[])[];
  readonly randoms: readonly RandomState[];
  readonly steps: readonly number[];
  readonly active: readonly number[];
  readonly rewards: readonly number[];
  readonly terminated: readonly number[];
  readonly truncated: readonly number[];
}

/**
 * `count` slots, each with one episode at a time. A slot is active from `reset` until its episode ends; then it keeps
 * its last observation and flags, and steps pass it by until it is reset. An episode is fully determined by its seed
 * and its actions. Nothing is allocated by a step.
 */
export class VectorEnvironment implements Slots {
  readonly definition: EnvironmentDefinition;
  readonly count: number;
  readonly observationSize: number;
  /** [count, observationSize], after the last step or reset. */
  readonly observations: Float32Array;
  /** [count], of the last step; 0 in a slot that was passed by. */
  readonly rewards: Float32Array;
  /** [count], 1 when the episode ended by the rules. */
  readonly terminated: Uint8Array;
  /** [count], 1 when the time limit ended an episode that was not terminated. */
  readonly truncated: Uint8Array;
  /** [count], 1 while an episode runs. */
  readonly active: Uint8Array;
  /** [count], steps of the episode so far. */
  readonly steps: Int32Array;
  readonly #worlds: Worlds;
  readonly #randoms: Random[];

  constructor(definition: EnvironmentDefinition, count: number) {
    this.definition = definition;
    this.count = count;
    this.observationSize = sizeOf(definition.observationSpace.shape);
    this.observations = new Float32Array(count * this.observationSize);
    this.rewards = new Float32Array(count);
    this.terminated = new Uint8Array(count);
    this.truncated = new Uint8Array(count);
    this.active = new Uint8Array(count);
    this.steps = new Int32Array(count);
    this.#randoms = Array.from({ length: count }, () => new Random(0));
    this.#worlds = definition.createWorlds?.(this) ?? new LocalWorlds(definition, this);
  }

  /** Starts the episode of `seed` in slot `index`, whatever was there. */
  reset(index: number, seed: number): void {
    const random = new Random(seed);
    this.#randoms[index] = random;
    this.#worlds.reset(index, seed, random);
    this.rewards[index] = 0;
    this.terminated[index] = 0;
    this.truncated[index] = 0;
    this.active[index] = 1;
    this.steps[index] = 0;
  }

  /** @param actions one per slot; those of inactive slots are ignored. */
  step(actions: ArrayLike<Action>): void {
    this.#worlds.step(actions);
    const { maxEpisodeSteps } = this.definition;
    for (let index = 0; index < this.count; index++) {
      if (this.active[index] === 0) {
        this.rewards[index] = 0;
        continue;
      }
      const steps = this.steps[index]! + 1;
      this.steps[index] = steps;
      if (this.terminated[index] === 1) {
        this.truncated[index] = 0;
        this.active[index] = 0;
      } else if (this.truncated[index] === 1 || steps >= maxEpisodeSteps) {
        this.truncated[index] = 1;
        this.active[index] = 0;
      }
    }
  }

  scene(index: number): Scene {
    return this.#worlds.scene(index);
  }

  saveState(): VectorEnvironmentState {
    return {
      worlds: Array.from({ length: this.count }, (_, index) => this.#worlds.saveState(index)),
      randoms: this.#randoms.map((random) => random.saveState()),
      steps: [...this.steps],
      active: [...this.active],
      rewards: [...this.rewards],
      terminated: [...this.terminated],
      truncated: [...this.truncated],
    };
  }

  /** @param state of a vector environment of the same definition and count. */
  loadState(state: VectorEnvironmentState): void {
    for (let index = 0; index < this.count; index++) {
      const random = Random.fromState(state.randoms[index]!);
      this.#randoms[index] = random;
      this.#worlds.loadState(index, state.worlds[index]!, random);
    }
    this.steps.set(state.steps);
    this.active.set(state.active);
    this.rewards.set(state.rewards);
    this.terminated.set(state.terminated);
    this.truncated.set(state.truncated);
  }

  /** To be called when no more steps are wanted: worlds may be more than memory. */
  dispose(): void {
    this.#worlds.dispose();
  }
}
