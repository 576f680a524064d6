// Evolution strategies: what is left of the network is perturbed, and moves towards the perturbations that returned more.
import { playReturns } from '../../evaluation/play-returns.ts';
import { meanOf } from '../../evaluation/return-statistics.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { applyMasks, cloneParameters, type Masks } from '../../networks/parameters.ts';
import { played, type PlayedExperience } from '../experience.ts';
import type { Recovery, RecoveryInput, RecoverySession } from './recovery.ts';

/** Settings that recover networks of 10 to 1000 parameters in seconds. */
export const EVOLUTION = {
  /** Antithetic pairs per generation. */
  pairs: 16,
  /** Pairs that are played between two breaths. */
  pairsAtOnce: 4,
  /** Training episodes that every perturbation plays, the same for all of a generation. */
  episodes: 4,
  /** Standard deviation of the perturbations, in units of each parameter's scale. */
  sigma: 0.1,
  /** Of Adam on the estimated gradient, in the same units. */
  learningRate: 0.03,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
} as const;

/** A parameter that is not pruned: where it is, and what one unit of perturbation means there. */
interface Gene {
  readonly parameter: string;
  readonly index: number;
  /** Root mean square of what is left of the layer's kernel. */
  readonly scale: number;
}

function genesOf(model: PolicyModel): Gene[] {
  return Object.entries(model.parameters).flatMap(([parameter, values]) => {
    const mask = model.masks[parameter];
    const kept = Array.from(values.keys()).filter((i) => mask?.[i] !== 0);
    const kernel = model.parameters[parameter.replace(/\/bias$/, '/kernel')]!;
    const nonzero = kernel.filter((w) => w !== 0);
    const meanSquare = nonzero.reduce((sum, w) => sum + w * w, 0) / Math.max(1, nonzero.length);
    const scale = meanSquare > 0 ? Math.sqrt(meanSquare) : 1;
    return kept.map((index) => ({ parameter, index, scale }));
  });
}

/** Ranks mapped to [−½, ½], equals share their mean rank (Salimans et al. 2017, fitness shaping). */
export function centeredRanks(fitness: Float64Array): Float64Array {
  const sorted = fitness.slice().sort();
  return fitness.map((value) => {
    const first = sorted.indexOf(value);
    const last = sorted.lastIndexOf(value);
    return (first + last) / 2 / Math.max(1, fitness.length - 1) - 0.5;
  });
}

/**
 * OpenAI-ES (Salimans et al. 2017, algorithm 1) with antithetic pairs, rank shaping and Adam. It asks for returns only:
 * any algorithm's policy, discrete or continuous, can be recovered, and the measure is the one that counts.
 */
class EvolutionSession implements RecoverySession {
  readonly #input: RecoveryInput;
  readonly #experience: PlayedExperience;
  #model: PolicyModel;
  #genes: readonly Gene[];
  #offset: Float64Array;
  #momentum: Float64Array;
  #variance: Float64Array;
  /** Since the masks changed last: what Adam's bias correction counts. */
  #generation = 0;
  #generations = 0;

  constructor(input: RecoveryInput) {
    this.#input = input;
    this.#experience = played(input.experience, 'evolution', ['distill']);
    this.#model = { ...input.student, parameters: applyMasks(input.student.parameters, input.student.masks) };
    this.#genes = genesOf(this.#model);
    this.#offset = new Float64Array(this.#genes.length);
    this.#momentum = new Float64Array(this.#genes.length);
    this.#variance = new Float64Array(this.#genes.length);
  }

  setMasks(masks: Masks): void {
    const model = this.current();
    this.#model = { ...model, parameters: applyMasks(model.parameters, masks), masks };
    this.#genes = genesOf(this.#model);
    this.#offset = new Float64Array(this.#genes.length);
    this.#momentum = new Float64Array(this.#genes.length);
    this.#variance = new Float64Array(this.#genes.length);
    this.#generation = 0;
  }

  async advance(generations: number): Promise<boolean> {
    for (let i = 0; i < generations; i++) {
      const stopped = await this.#evolve();
      if (stopped) return true;
    }
    return false;
  }

  current(): PolicyModel {
    return { ...this.#model, parameters: this.#moved(this.#offset) };
  }

  dispose(): void {
    // Nothing is held between generations.
  }

  #moved(offset: Float64Array): Record<string, Float32Array> {
    const parameters = cloneParameters(this.#model.parameters);
    this.#genes.forEach(({ parameter, index, scale }, g) => {
      parameters[parameter]![index]! += scale * offset[g]!;
    });
    return parameters;
  }

  /** Mean return of the network at each offset, all on the same episodes. */
  #meanReturns(offsets: readonly Float64Array[], seeds: readonly number[]): number[] {
    const { environment } = this.#experience;
    const matches = offsets.map((offset) => ({ model: { ...this.#model, parameters: this.#moved(offset) }, seeds }));
    return playReturns({ environment, backend: this.#input.backend }, matches).map((returns) => meanOf(returns));
  }

  async #evolve(): Promise<boolean> {
    const { pairs, pairsAtOnce, episodes, sigma, learningRate, beta1, beta2, epsilon } = EVOLUTION;
    const { random, context } = this.#input;
    const size = this.#genes.length;
    const seeds = Array.from({ length: episodes }, this.#experience.nextTrainingSeed);
    const noise = Array.from({ length: pairs }, () => Float64Array.from({ length: size }, () => random.normal()));
    const fitness = new Float64Array(2 * pairs);
    for (let from = 0; from < pairs; from += pairsAtOnce) {
      const some = noise.slice(from, from + pairsAtOnce);
      const moved = [1, -1].flatMap((sign) =>
        some.map((perturbation) => this.#offset.map((u, g) => u + sign * sigma * perturbation[g]!)),
      );
      const returns = this.#meanReturns(moved, seeds);
      fitness.set(returns.slice(0, some.length), from);
      fitness.set(returns.slice(some.length), pairs + from);
      if (await context.breathe()) return true;
    }
    const ranks = centeredRanks(fitness);
    this.#generation++;
    for (let g = 0; g < size; g++) {
      let gradient = 0;
      for (let pair = 0; pair < pairs; pair++) gradient += (ranks[pair]! - ranks[pairs + pair]!) * noise[pair]![g]!;
      gradient /= pairs;
      const momentum = beta1 * this.#momentum[g]! + (1 - beta1) * gradient;
      const variance = beta2 * this.#variance[g]! + (1 - beta2) * gradient * gradient;
      this.#momentum[g] = momentum;
      this.#variance[g] = variance;
      const mean = momentum / (1 - beta1 ** this.#generation);
      const deviation = Math.sqrt(variance / (1 - beta2 ** this.#generation));
      this.#offset[g]! += (learningRate * mean) / (deviation + epsilon);
    }
    const value = fitness.reduce((sum, f) => sum + f, 0) / fitness.length;
    context.metrics([{ name: 'population return', step: ++this.#generations, value }]);
    return false;
  }
}

export const evolve: Recovery = {
  id: 'evolve',
  name: 'Evolution strategies',
  explanation:
    'Small random changes of what is left are played out, and the network moves towards those that returned more.',
  formula: 'θ ← θ + α · E[rank(R(θ + σε)) · ε]',
  followsGradients: false,
  needsReturns: true,
  start: (input) => new EvolutionSession(input),
};
