// What an environment is: a world that steps, and a definition that describes it. Time limits live in VectorEnvironment.
import type { ActionSpace, BoxSpace, Scene } from '../../contract/environment.ts';
import type { Random } from '../random/random.ts';

/** Index of a discrete action, or the vector of a continuous one. */
export type Action = number | Float32Array;

/** One world: dynamics without a time limit. Deterministic after `reset`, but for what it draws from its `Random`. */
export interface World {
  /** True once the last step ended the episode by the rules (never by a time limit). */
  readonly terminated: boolean;
  /** Starts an episode; the world keeps `random` for what it draws during it. */
  reset(random: Random): void;
  /** @returns the reward. Stepping a terminated world is undefined. */
  step(action: Action): number;
  /** Writes product(observationSpace.shape) values at `offset`. */
  observe(target: Float32Array, offset: number): void;
  /** The full internal state as numbers: what `loadState` needs to continue exactly (the `Random` apart). */
  saveState(): number[];
  /** @param random the stream that the episode goes on with; only worlds that draw while stepping need it. */
  loadState(state: readonly number[], random?: Random): void;
  /** Its bounds stay the same throughout an episode. */
  scene(): Scene;
}

export interface EnvironmentDefinition {
  /** Gymnasium's name and version: "CartPole-v1". */
  readonly id: string;
  /** One sentence for people. */
  readonly description: string;
  readonly observationSpace: BoxSpace;
  /** What is along the last axis of an observation: its features, or the channels of an image. In plain words. */
  readonly observationNames?: readonly string[];
  readonly actionSpace: ActionSpace;
  /** An episode that has not terminated by then is truncated. */
  readonly maxEpisodeSteps: number;
  /**
   * The zero of "share of the return kept": the lowest return an episode can have (or a bound on it); where there is
   * none, about what a policy gets that has learnt nothing.
   */
  readonly worstReturn: number;
  /** How fast the world goes when it is watched, as Gymnasium renders it; absent where it has no clock of its own. */
  readonly stepsPerSecond?: number;
  createWorld(): World;
}

/** What an agent has to know of its environment. */
export type Spaces = Pick<EnvironmentDefinition, 'observationSpace' | 'actionSpace'>;
