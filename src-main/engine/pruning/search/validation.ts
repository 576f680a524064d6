// What decides whether a pruned policy is good enough: paired returns on validation seeds, with a margin for luck.
import type { SeedRange } from '../../../contract/evaluation.ts';
import { keptShare } from '../../../contract/kept-share.ts';
import { exploringPolicy } from '../../evaluation/exploring-policy.ts';
import { playReturns } from '../../evaluation/play-returns.ts';
import type { BatchPolicy } from '../../evaluation/policy.ts';
import { meanOf } from '../../evaluation/return-statistics.ts';
import { runEpisodes } from '../../evaluation/run-episodes.ts';
import { takeSeeds } from '../../evaluation/seeds.ts';
import type { EnvironmentDefinition } from '../../environments/environment.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Backend } from '../../numerics/backend.ts';
import type { Random } from '../../random/random.ts';
import type { Judge, Verdict } from './judge.ts';

/** Episodes of a first look; only who passes it plays all. */
const QUICK_EPISODES = 30;
/** Times the episodes of validation, for what is chosen last and for what that has to hold in. */
const CHOOSING = 2;
const CONFIRMING = 4;
/** One-sided 95 % quantile of the standard normal. */
const Z = 1.645;

/**
 * `keptShare` is of the dense return on the same episodes, above the worst possible one; `certainShare` is the share above a
 * random policy's return (and above 0, of a positive return), less a margin for the luck of these episodes (the lower end of
 * a one-sided 95 % interval).
 */
export interface ReturnVerdict extends Verdict {
  /** One per seed, in order. */
  readonly returns: Float64Array;
  readonly meanReturn: number;
}

/** Episodes, and what the dense policy returns in each. */
interface Lot {
  readonly seeds: readonly number[];
  readonly dense: Float64Array;
}

/** The dense policy's returns are measured once; every candidate plays the same episodes. */
export class Validation implements Judge {
  readonly #environment: EnvironmentDefinition;
  readonly #backend: Backend;
  readonly #densePolicy: PolicyModel;
  readonly #validation: Lot;
  readonly #floor: number;
  readonly #nextTrainingSeed: () => number;
  #choosing: readonly number[] | null = null;
  #confirming: Lot | null = null;

  constructor(input: {
    readonly dense: PolicyModel;
    readonly environment: EnvironmentDefinition;
    readonly seeds: SeedRange;
    /** For the last choice, and for confirming it in episodes that nothing was chosen by. */
    readonly nextTrainingSeed: () => number;
    readonly backend: Backend;
    readonly random: Random;
  }) {
    this.#environment = input.environment;
    this.#backend = input.backend;
    this.#nextTrainingSeed = input.nextTrainingSeed;
    this.#densePolicy = input.dense;
    this.#validation = this.#lot(takeSeeds(input.seeds, input.seeds.count));
    // Where the worst possible return is far below anything that happens, a share above it would mean little; and of a
    // return that is positive, people expect the share itself to be kept.
    const lowest = Math.max(input.environment.worstReturn, meanOf(this.#playAtRandom(input.random)));
    this.#floor = meanOf(this.#validation.dense) > 0 ? Math.max(0, lowest) : lowest;
  }

  /** Share kept on the first few episodes: cheap, and optimistic when it is chosen by. */
  quickShare(model: PolicyModel): number {
    const seeds = this.#validation.seeds.slice(0, QUICK_EPISODES);
    const dense = meanOf(this.#validation.dense.subarray(0, seeds.length));
    return keptShare({ dense, pruned: meanOf(this.#play(model, seeds)), worst: this.#floor });
  }

  /** The mean return in twice the episodes of validation, of training seeds that nothing else is played on. */
  score(model: PolicyModel): number {
    return meanOf(this.#play(model, (this.#choosing ??= this.#fresh(CHOOSING))));
  }

  /**
   * In four times the episodes of validation, of training seeds that nothing has been played on: enough for luck to matter
   * little, without a margin that would reject what is good.
   */
  confirms(model: PolicyModel, keep: number): boolean {
    const { seeds, dense } = (this.#confirming ??= this.#lot(this.#fresh(CONFIRMING)));
    return keptShare({ dense: meanOf(dense), pruned: meanOf(this.#play(model, seeds)), worst: this.#floor }) >= keep;
  }

  /** All episodes, with the margin. */
  judge(model: PolicyModel): ReturnVerdict {
    const { seeds, dense } = this.#validation;
    const returns = this.#play(model, seeds);
    const { worstReturn: worst } = this.#environment;
    const differences = returns.map((value, i) => value - dense[i]!);
    const difference = meanOf(differences);
    const variance = differences.reduce((sum, d) => sum + (d - difference) ** 2, 0) / Math.max(1, returns.length - 1);
    const margin = Z * Math.sqrt(variance / returns.length);
    const [meanReturn, denseMean] = [meanOf(returns), meanOf(dense)];
    return {
      returns,
      meanReturn,
      keptShare: keptShare({ dense: denseMean, pruned: meanReturn, worst }),
      certainShare: keptShare({ dense: denseMean, pruned: meanReturn - margin, worst: this.#floor }),
    };
  }

  #fresh(times: number): number[] {
    return Array.from({ length: times * this.#validation.seeds.length }, this.#nextTrainingSeed);
  }

  #lot(seeds: readonly number[]): Lot {
    return { seeds, dense: this.#play(this.#densePolicy, seeds) };
  }

  #playAtRandom(random: Random): Float64Array {
    const environment = this.#environment;
    const idle: BatchPolicy = { act: (_, count) => new Int32Array(count) };
    const policy = exploringPolicy({ policy: idle, environment, epsilon: 1, random });
    return runEpisodes({ environment, policy, seeds: this.#validation.seeds.slice(0, QUICK_EPISODES) }).returns;
  }

  #play(model: PolicyModel, seeds: readonly number[]): Float64Array {
    return playReturns({ environment: this.#environment, backend: this.#backend }, [{ model, seeds }])[0]!;
  }
}
