// How the loss of a finished policy depends on its weights and units, state by state.
import { policySlice } from '../evaluation/policy.ts';
import type { PolicyModel } from '../networks/model.ts';
import { applyMasks, type Parameters } from '../networks/parameters.ts';
import { biasName, kernelName, placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Decisions } from './decisions.ts';
import { policyLossGradient } from './policy-loss.ts';
import { prunableKernels, unitGroups, type UnitGroup } from './units.ts';

/** Of every entry of one kernel, with g = ∂ℓ/∂w of one state; expectations are over states. */
export interface WeightGradients {
  /** E[g] */
  readonly mean: Float32Array;
  /** E|g| */
  readonly meanMagnitude: Float32Array;
  /** E[g²] */
  readonly meanSquare: Float32Array;
}

/**
 * Of every unit of one layer, with h its output and ℓ the loss in one state; expectations are over states. A channel
 * counts as one number: what is added to it, or multiplied with it, at all of its positions alike.
 */
export interface UnitGradients {
  /** E|∂ℓ/∂h|; of a channel E|Σ ∂ℓ/∂h| over its positions, and the zeros that its readers pad it with. */
  readonly meanMagnitude: Float32Array;
  /** E|h·∂ℓ/∂h|; of a channel E|Σ h·∂ℓ/∂h| over its positions (Molchanov et al. 2017, eq. 8, but for a factor). */
  readonly meanContribution: Float32Array;
}

export interface GradientStatistics {
  /** By kernel: `<layer>/kernel`. */
  readonly weights: Readonly<Record<string, WeightGradients>>;
  /** By layer, of those whose units may be removed. */
  readonly units: Readonly<Record<string, UnitGradients>>;
}

/** Every state is a backward pass of its own, and a few hundred tell as much as thousands. */
const STATES = 256;

const scaled = (sums: Float64Array, factor: number): Float32Array => Float32Array.from(sums, (sum) => sum * factor);

class WeightSums {
  readonly #sum: Float64Array;
  readonly #magnitudes: Float64Array;
  readonly #squares: Float64Array;

  constructor(size: number) {
    this.#sum = new Float64Array(size);
    this.#magnitudes = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  add(gradient: Float32Array): void {
    for (let i = 0; i < gradient.length; i++) {
      this.#sum[i]! += gradient[i]!;
      this.#magnitudes[i]! += Math.abs(gradient[i]!);
      this.#squares[i]! += gradient[i]! ** 2;
    }
  }

  means(states: number): WeightGradients {
    return {
      mean: scaled(this.#sum, 1 / states),
      meanMagnitude: scaled(this.#magnitudes, 1 / states),
      meanSquare: scaled(this.#squares, 1 / states),
    };
  }
}

class UnitSums {
  readonly #group: UnitGroup;
  readonly #magnitudes: Float64Array;
  readonly #contributions: Float64Array;

  constructor(group: UnitGroup) {
    this.#group = group;
    this.#magnitudes = new Float64Array(group.units);
    this.#contributions = new Float64Array(group.units);
  }

  /**
   * Of a batch of one. To add t to what unit u puts out adds t·Σ W_out,uj to what reader j sums up, whose gradient is
   * that of its bias; to multiply it with 1 + t multiplies the weights that read it: both without the gradient of h.
   */
  add(parameters: Parameters, gradients: Parameters): void {
    const { units, consumers } = this.#group;
    const added = new Float64Array(units);
    const multiplied = new Float64Array(units);
    for (const reader of consumers) {
      const kernel = parameters[kernelName(reader.layer)]!;
      const kernelGradient = gradients[kernelName(reader.layer)]!;
      const biasGradient = gradients[biasName(reader.layer)]!;
      for (let row = 0; row < reader.rows; row++) {
        const unit = row % units;
        for (let j = 0; j < reader.units; j++) {
          const weight = kernel[row * reader.units + j]!;
          added[unit]! += weight * biasGradient[j]!;
          multiplied[unit]! += weight * kernelGradient[row * reader.units + j]!;
        }
      }
    }
    added.forEach((gradient, unit) => (this.#magnitudes[unit]! += Math.abs(gradient)));
    multiplied.forEach((contribution, unit) => (this.#contributions[unit]! += Math.abs(contribution)));
  }

  means(states: number): UnitGradients {
    return {
      meanMagnitude: scaled(this.#magnitudes, 1 / states),
      meanContribution: scaled(this.#contributions, 1 / states),
    };
  }
}

/**
 * Runs the masked network forward and backward over at most 256 of the states, evenly spaced, one at a time: means of
 * magnitudes and squares need the gradient of every state by itself.
 * @param observations [states, inputSize]
 * @param decisions the dense policy's in the same states: what `policyLossGradient` measures against
 */
export function gradientStatistics(input: {
  readonly model: PolicyModel;
  readonly backend: Backend;
  readonly observations: Float32Array;
  readonly decisions: Decisions;
}): GradientStatistics {
  const { model, backend, observations, decisions } = input;
  const { network } = model.description;
  const { inputSize } = placeNetwork(network);
  const { offset, size, rowSize } = policySlice(model.description);
  const parameters = applyMasks(model.parameters, model.masks);
  const groups = unitGroups(network);
  const weights = new Map(prunableKernels(network).map(({ name }) => [name, new WeightSums(parameters[name]!.length)]));
  const units = new Map(groups.map((group) => [group.layer, new UnitSums(group)]));
  const outputGradient = new Float32Array(rowSize);
  const gradient = outputGradient.subarray(offset, offset + size);

  const visited = observations.length / inputSize;
  const states = Math.min(STATES, visited);
  const instance = backend.instantiate(network, parameters, { maxBatch: 1, optimizer: { kind: 'sgd', momentum: 0 } });
  try {
    instance.setMasks(model.masks);
    for (let i = 0; i < states; i++) {
      const state = Math.floor((i * visited) / states);
      const row = instance.forward(observations.subarray(state * inputSize, (state + 1) * inputSize), 1, {
        tape: true,
      });
      policyLossGradient({ decisions, state, outputs: row.subarray(offset, offset + size), gradient });
      instance.backward(outputGradient);
      const gradients = instance.gradients();
      for (const [name, sums] of weights) sums.add(gradients[name]!);
      for (const sums of units.values()) sums.add(parameters, gradients);
    }
  } finally {
    instance.dispose();
  }
  return {
    weights: Object.fromEntries([...weights].map(([name, sums]) => [name, sums.means(states)])),
    units: Object.fromEntries([...units].map(([layer, sums]) => [layer, sums.means(states)])),
  };
}
