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

/** Of every unit of one layer, with h its output and ℓ the loss in one state; expectations are over states. */
export interface UnitGradients {
  /** E|∂ℓ/∂h| */
  readonly meanMagnitude: Float32Array;
  /** E|h·∂ℓ/∂h| */
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
   * ∂ℓ/∂h_u = Σ_j W_out,uj · δ_j over all that read unit u, with δ_j the gradient of what the reader's activation is
   * applied to: in a batch of one, that is the gradient of its bias.
   */
  add(parameters: Parameters, gradients: Parameters, outputs: Float32Array): void {
    const { units, consumers } = this.#group;
    for (let unit = 0; unit < units; unit++) {
      let gradient = 0;
      for (const consumer of consumers) {
        const kernel = parameters[kernelName(consumer.layer)]!;
        const delta = gradients[biasName(consumer.layer)]!;
        for (let j = 0; j < consumer.units; j++) gradient += kernel[unit * consumer.units + j]! * delta[j]!;
      }
      this.#magnitudes[unit]! += Math.abs(gradient);
      this.#contributions[unit]! += Math.abs(outputs[unit]! * gradient);
    }
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
      const outputs = groups.map(({ layer }) => instance.activations(layer).slice());
      instance.backward(outputGradient);
      const gradients = instance.gradients();
      for (const [name, sums] of weights) sums.add(gradients[name]!);
      for (const [g, { layer }] of groups.entries()) units.get(layer)!.add(parameters, gradients, outputs[g]!);
    }
  } finally {
    instance.dispose();
  }
  return {
    weights: Object.fromEntries([...weights].map(([name, sums]) => [name, sums.means(states)])),
    units: Object.fromEntries([...units].map(([layer, sums]) => [layer, sums.means(states)])),
  };
}
