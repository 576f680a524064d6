// The measure where nothing can be played: how much a pruned policy decides like its parent in states that were held out.
import type { HeldOutAgreement } from '../../contract/prune-report.ts';
import type { PolicyModel } from '../networks/model.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import { decisionsOf, type Decisions } from './decisions.ts';

/** Two-sided 95 % quantile of the standard normal. */
const Z = 1.96;
/** A component that hardly varies is compared in hundredths of its magnitude. */
const LEAST_VARIATION = 0.01;
const SMALLEST_UNIT = 1e-6;

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};

/**
 * What one unit of difference is in every component of a continuous action: the mean absolute deviation of the parent's own
 * action from its mean. A constant policy is then one unit off on average, whatever the bounds of the space are.
 * @param decisions the parent's in training states, so that neither validation nor test decides what counts
 */
export function actionUnits(decisions: Decisions): readonly number[] {
  if (decisions.kind === 'discrete') return [];
  const { actions, space } = decisions;
  const dimensions = space.low.length;
  return space.low.map((_, d) => {
    const component = actions.filter((__, i) => i % dimensions === d);
    const mean = meanOf(component);
    const deviation = meanOf(component.map((value) => Math.abs(value - mean)));
    const magnitude = meanOf(component.map(Math.abs));
    return Math.max(deviation, LEAST_VARIATION * magnitude, SMALLEST_UNIT);
  });
}

/** State by state: 1 or 0 for discrete actions, 1 less the mean distance in units for continuous ones. */
function agreementByState(parent: Decisions, child: Decisions, units: readonly number[]): Float64Array {
  if (parent.kind === 'discrete') {
    return Float64Array.from(parent.actions, (action, state) => Number(child.actions[state] === action));
  }
  const dimensions = units.length;
  return Float64Array.from({ length: parent.actions.length / dimensions }, (_, state) =>
    units.reduce((agreement, unit, d) => {
      const at = state * dimensions + d;
      return agreement - Math.abs(parent.actions[at]! - child.actions[at]!) / (unit * dimensions);
    }, 1),
  );
}

/** Variance of the mean over blocks, each of which counts as one observation: rows of a block are not independent. */
function varianceOfMean(values: Float64Array, block: number): number {
  const means = Float64Array.from({ length: values.length / block }, (_, b) =>
    meanOf(values.subarray(b * block, (b + 1) * block)),
  );
  const mean = meanOf(means);
  return means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length * Math.max(1, means.length - 1));
}

/**
 * The mean with its 95 % interval: of a share Wilson's (1927), of as many independent states as vary like these blocks (Kish
 * 1965, the design effect), so that a share of 1 in few states is not taken for certain; of distances the normal one.
 * @param values whole blocks
 */
export function summarizeAgreement(
  values: Float64Array,
  { kind, block }: { readonly kind: HeldOutAgreement['kind']; readonly block: number },
): HeldOutAgreement {
  const states = values.length;
  const mean = meanOf(values);
  const variance = varianceOfMean(values, block);
  if (kind === 'continuous') {
    const margin = Z * Math.sqrt(variance);
    return { kind, states, mean, interval: { low: mean - margin, high: Math.min(1, mean + margin) } };
  }
  const independent = variance > 0 ? Math.min(states, (mean * (1 - mean)) / variance) : states;
  const shrink = 1 + Z ** 2 / independent;
  const middle = (mean + Z ** 2 / (2 * independent)) / shrink;
  const margin = (Z / shrink) * Math.sqrt((mean * (1 - mean)) / independent + Z ** 2 / (4 * independent ** 2));
  return {
    kind,
    states,
    mean,
    interval: { low: Math.max(0, middle - margin), high: Math.min(1, middle + margin) },
  };
}

/** A parent's decisions in the states of one share, to compare any of its children with. */
export class HeldOutStates {
  readonly #backend: Backend;
  readonly #observations: Float32Array;
  readonly #block: number;
  readonly #units: readonly number[];
  readonly #parent: Decisions;

  /**
   * @param input.observations [states, inputSize], whole blocks
   * @param input.units of `actionUnits`
   */
  constructor(input: {
    readonly parent: PolicyModel;
    readonly backend: Backend;
    readonly observations: Float32Array;
    readonly block: number;
    readonly units: readonly number[];
  }) {
    this.#backend = input.backend;
    this.#observations = input.observations;
    this.#block = input.block;
    this.#units = input.units;
    this.#parent = decisionsOf({ ...input, model: input.parent });
  }

  /** @param most states that are looked at, in whole blocks from the first on; all when it is absent */
  compare(child: PolicyModel, most = Infinity): HeldOutAgreement {
    const { inputSize } = placeNetwork(child.description.network);
    const states = this.#observations.length / inputSize;
    const looked = Math.min(states, Math.max(1, Math.floor(most / this.#block)) * this.#block);
    const observations = this.#observations.subarray(0, looked * inputSize);
    const decisions = decisionsOf({ model: child, backend: this.#backend, observations });
    const values = agreementByState(firstOf(this.#parent, looked), decisions, this.#units);
    return summarizeAgreement(values, { kind: this.#parent.kind, block: this.#block });
  }
}

function firstOf(decisions: Decisions, states: number): Decisions {
  if (decisions.kind === 'discrete') return { ...decisions, actions: decisions.actions.subarray(0, states) };
  return { ...decisions, actions: decisions.actions.subarray(0, states * decisions.space.low.length) };
}
