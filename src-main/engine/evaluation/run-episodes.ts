// Episodes played in lockstep, so that the policy sees batches; each episode depends on its own seed only.
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Action, EnvironmentDefinition } from '../environments/environment.ts';
import { VectorEnvironment } from '../environments/vector-environment.ts';
import type { BatchPolicy } from './policy.ts';

/** An evaluation that was stopped: the episodes that end first are no fair sample, so it has no result. */
export class EvaluationStoppedError extends SecateurError {
  readonly kind = 'cancelled';

  constructor(finished: number, episodes: number) {
    super(`the evaluation was stopped after ${finished} of ${episodes} episodes`, 'Run it again to get a result.');
  }
}

export interface EpisodesOptions {
  readonly environment: EnvironmentDefinition;
  readonly policy: BatchPolicy;
  /** One episode per seed. */
  readonly seeds: readonly number[];
  /** Episodes at a time, and so the policy's largest batch. */
  readonly parallel?: number;
  /** Sees the observations that the policy acts on, [count, observationSize]; valid during the call. */
  readonly observe?: (observations: Float32Array, count: number) => void;
  /** After each step of all running episodes: how many have finished, and the steps taken by all of them so far. */
  readonly onStep?: (finishedEpisodes: number, totalSteps: number) => void;
  /** Asked once per step of all running episodes. */
  readonly shouldStop?: () => boolean;
}

export interface EpisodeResults {
  /** Undiscounted, in the order of the seeds. */
  readonly returns: Float64Array;
  readonly lengths: Int32Array;
}

/**
 * Plays an episode for every seed, without a pause.
 * @throws EvaluationStoppedError when `shouldStop` says so.
 */
export function runEpisodes(options: EpisodesOptions): EpisodeResults {
  const play = playEpisodes(options);
  for (let step = play.next(); ; step = play.next()) if (step.done === true) return step.value;
}

/**
 * The same, pausing after each step of all running episodes, so that whoever drives it can let the process breathe.
 * @throws EvaluationStoppedError when `shouldStop` says so.
 */
export function* playEpisodes(options: EpisodesOptions): Generator<undefined, EpisodeResults, undefined> {
  const { environment, policy, seeds, parallel = 64, observe, onStep, shouldStop } = options;
  const returns = new Float64Array(seeds.length);
  const lengths = new Int32Array(seeds.length);
  const slots = Math.min(parallel, seeds.length);
  const vector = new VectorEnvironment(environment, slots);
  const { observationSize } = vector;
  const packed = new Float32Array(slots * observationSize);
  const actions = new Array<Action>(slots).fill(0);
  /** Slots whose episode runs, in order; the first `running` entries count. */
  const runningSlots = new Int32Array(slots);
  /** Slot → index of its seed. */
  const episodes = new Int32Array(slots);
  let running = 0;
  let started = 0;
  let totalSteps = 0;

  const start = (slot: number): void => {
    episodes[slot] = started;
    vector.reset(slot, seeds[started]!);
    runningSlots[running++] = slot;
    started++;
  };
  try {
    while (running < slots) start(running);

    while (running > 0) {
      if (shouldStop?.() === true) throw new EvaluationStoppedError(started - running, seeds.length);
      const count = running;
      for (let row = 0; row < count; row++) {
        copyRow(
          vector.observations,
          runningSlots[row]! * observationSize,
          packed,
          row * observationSize,
          observationSize,
        );
      }
      observe?.(packed, count);
      const chosen = policy.act(packed, count);
      for (let row = 0; row < count; row++) actions[runningSlots[row]!] = chosen[row]!;
      vector.step(actions);
      totalSteps += count;

      // Keeps the slots that go on and refills the others; `running` never overtakes `row`.
      running = 0;
      for (let row = 0; row < count; row++) {
        const slot = runningSlots[row]!;
        const episode = episodes[slot]!;
        returns[episode]! += vector.rewards[slot]!;
        if (vector.active[slot] === 1) {
          runningSlots[running++] = slot;
        } else {
          lengths[episode] = vector.steps[slot]!;
          if (started < seeds.length) start(slot);
        }
      }
      onStep?.(started - running, totalSteps);
      yield;
    }
  } finally {
    vector.dispose();
  }
  return { returns, lengths };
}

function copyRow(from: Float32Array, fromOffset: number, to: Float32Array, toOffset: number, size: number): void {
  for (let i = 0; i < size; i++) to[toOffset + i] = from[fromOffset + i]!;
}
