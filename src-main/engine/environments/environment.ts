// What an environment is: a world that steps, and a definition that describes it. Time limits live in VectorEnvironment.
import type { ActionSpace, BoxSpace, Scene } from '../../contract/environment.ts';
import type { Random } from '../random/random.ts';
import type { Players } from './players.ts';

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

/** What a vector environment has of its worlds, one entry or row per slot; whoever steps them writes into it. */
export interface Slots {
  readonly count: number;
  /** [count, product(observationSpace.shape)] */
  readonly observations: Float32Array;
  readonly rewards: Float32Array;
  /** 1 where the episode ended by the rules. */
  readonly terminated: Uint8Array;
  /** 1 where the world itself cut the episode short. */
  readonly truncated: Uint8Array;
  /** 1 while an episode runs. */
  readonly active: Uint8Array;
}

/** The worlds of a vector environment, wherever they are: here, in other threads, or in another process. */
export interface Worlds {
  /** Starts the episode of `seed` in a slot and writes what there is to observe; `random` is made from the same seed. */
  reset(index: number, seed: number, random: Random): void;
  /** Steps the active slots and writes what came of it; of the others nothing is touched. */
  step(actions: ArrayLike<Action>): void;
  /** Also brings the `random` of its reset to where the world is, if it draws elsewhere. */
  saveState(index: number): number[];
  /** Brings a slot to where it was and writes what there is to observe. */
  loadState(index: number, state: readonly number[], random: Random): void;
  scene(index: number): Scene;
  /** Nothing is asked of them afterwards. */
  dispose(): void;
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
  /** The lowest reward of a step, where `worstReturn` is that of an episode with nothing else. */
  readonly worstReward?: number;
  /** How fast the world goes when it is watched, as Gymnasium renders it; absent where it has no clock of its own. */
  readonly stepsPerSecond?: number;
  createWorld(): World;
  /** For worlds that do not come one by one; takes the place of `createWorld` then. */
  readonly createWorlds?: (slots: Slots) => Worlds;
  /** Who plays whole episodes of it; absent: whoever asks for them. */
  readonly players?: Players;
  /**
   * What an agent learns from instead of the reward, where that is customary; evaluations always count rewards.
   * @returns of the reward of one step
   */
  readonly learntReward?: (reward: number) => number;
}

/** What an agent has to know of its environment. */
export type Spaces = Pick<EnvironmentDefinition, 'observationSpace' | 'actionSpace'>;
