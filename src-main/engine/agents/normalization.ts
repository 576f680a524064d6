// Running statistics that observations and rewards are normalised by, as VecNormalize of Stable-Baselines3 does it.
import type { Normalizer } from '../../contract/network.ts';
import { restoreArray, type Resumable, type SavedState } from './saved-state.ts';

const EPSILON = 1e-8;
/** Deviations. */
const CLIP = 10;

/**
 * Mean and variance of all rows seen so far, feature by feature, beginning as N(0, 1) with next to no weight. Batches are
 * merged by Chan, Golub & LeVeque 1979, "Updating formulae and a pairwise algorithm for computing sample variances".
 */
export class RunningMoments implements Resumable {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** Rows. */
  readonly #count = Float64Array.of(1e-4);

  constructor(features: number) {
    this.mean = new Float64Array(features);
    this.variance = new Float64Array(features).fill(1);
  }

  /** @param batch [rows, features] */
  update(batch: Float32Array | Float64Array): void {
    const features = this.mean.length;
    const rows = batch.length / features;
    const before = this.#count[0]!;
    const total = before + rows;
    for (let feature = 0; feature < features; feature++) {
      let mean = 0;
      for (let i = feature; i < batch.length; i += features) mean += batch[i]! / rows;
      let squares = 0;
      for (let i = feature; i < batch.length; i += features) squares += (batch[i]! - mean) ** 2;
      const delta = mean - this.mean[feature]!;
      squares += this.variance[feature]! * before + (delta * delta * before * rows) / total;
      this.mean[feature]! += (delta * rows) / total;
      this.variance[feature] = squares / total;
    }
    this.#count[0] = total;
  }

  saveState(): SavedState {
    return { values: null, arrays: { mean: this.mean, variance: this.variance, count: this.#count } };
  }

  loadState(state: SavedState): void {
    restoreArray(this.mean, state, 'mean');
    restoreArray(this.variance, state, 'variance');
    restoreArray(this.#count, state, 'count');
  }
}

const clip = (value: number): number => Math.min(CLIP, Math.max(-CLIP, value));

/** Normalises observations by what was seen; `normalizer` is the same as part of a network. */
export class ObservationNormalization implements Resumable {
  readonly #moments: RunningMoments;

  constructor(features: number) {
    this.#moments = new RunningMoments(features);
  }

  /** @param observations [rows, features] */
  see(observations: Float32Array): void {
    this.#moments.update(observations);
  }

  /** clip((o − mean) / √(variance + ε), ±10), [rows, features], into `target`. */
  normalize(observations: Float32Array, target: Float32Array): void {
    const { mean, variance } = this.#moments;
    const features = mean.length;
    for (let i = 0; i < observations.length; i++) {
      const feature = i % features;
      target[i] = clip((observations[i]! - mean[feature]!) / Math.sqrt(variance[feature]! + EPSILON));
    }
  }

  get normalizer(): Normalizer {
    return {
      mean: [...this.#moments.mean],
      variance: [...this.#moments.variance],
      epsilon: EPSILON,
      clip: CLIP,
    };
  }

  saveState(): SavedState {
    return this.#moments.saveState();
  }

  loadState(state: SavedState): void {
    this.#moments.loadState(state);
  }
}

/**
 * Divides rewards by the running deviation of the discounted return that each environment has collected so far, so that
 * one learning rate and one value scale fit all units of reward. Nothing is subtracted: zero stays zero.
 */
export class RewardNormalization implements Resumable {
  readonly #gamma: number;
  readonly #moments = new RunningMoments(1);
  /** Per environment. */
  readonly #returns: Float64Array;

  constructor({ environments, gamma }: { environments: number; gamma: number }) {
    this.#gamma = gamma;
    this.#returns = new Float64Array(environments);
  }

  /**
   * Rewards of one step of all environments, seen and normalised.
   * @param ended from `offset` on, 1 where the episode ended with the step
   * @param target receives clip(r / √(variance + ε), ±10), [environments]
   */
  normalize(rewards: Float32Array, ended: Uint8Array, offset: number, target: Float32Array): void {
    const returns = this.#returns;
    for (let i = 0; i < returns.length; i++) returns[i] = returns[i]! * this.#gamma + rewards[i]!;
    this.#moments.update(returns);
    const deviation = Math.sqrt(this.#moments.variance[0]! + EPSILON);
    for (let i = 0; i < returns.length; i++) {
      target[i] = clip(rewards[i]! / deviation);
      if (ended[offset + i] === 1) returns[i] = 0;
    }
  }

  saveState(): SavedState {
    const { values, arrays } = this.#moments.saveState();
    return { values, arrays: { ...arrays, returns: this.#returns } };
  }

  loadState(state: SavedState): void {
    this.#moments.loadState(state);
    restoreArray(this.#returns, state, 'returns');
  }
}
