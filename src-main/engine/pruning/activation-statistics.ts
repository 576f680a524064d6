// How the units of a network behave on the states that a policy visits: what data-driven criteria look at.
import type { PolicyModel } from '../networks/model.ts';
import { allLayers, placeNetwork, sizeOf } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import { runOverStates } from './run-over-states.ts';

export interface UnitStatistics {
  /** Mean output of every unit over the states. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** √E[h²] of every unit. */
  readonly rootMeanSquare: Float32Array;
  /** E|h| of every unit. */
  readonly meanMagnitude: Float32Array;
  /** Share of the states in which a unit's output is not exactly zero. */
  readonly activeShare: Float32Array;
}

/** Statistics of every layer's outputs, and of what each layer reads, element by element. */
export interface ActivationStatistics {
  readonly outputs: Readonly<Record<string, UnitStatistics>>;
  readonly inputs: Readonly<Record<string, UnitStatistics>>;
}

/**
 * Of units that stand at many positions, one entry per position with the units fastest: the mean of every statistic over
 * the positions; of deviations and roots, of their squares.
 * @param units how many there are
 */
export function meanOverPositions(statistics: UnitStatistics, units: number): UnitStatistics {
  const positions = statistics.mean.length / units;
  if (positions === 1) return statistics;
  const average = (values: Float32Array, of: (value: number) => number = (value) => value): Float64Array => {
    const sums = new Float64Array(units);
    values.forEach((value, i) => (sums[i % units]! += of(value) / positions));
    return sums;
  };
  const root = (values: Float32Array): Float32Array =>
    Float32Array.from(
      average(values, (value) => value * value),
      Math.sqrt,
    );
  return {
    mean: Float32Array.from(average(statistics.mean)),
    deviation: root(statistics.deviation),
    rootMeanSquare: root(statistics.rootMeanSquare),
    meanMagnitude: Float32Array.from(average(statistics.meanMagnitude)),
    activeShare: Float32Array.from(average(statistics.activeShare)),
  };
}

class Moments {
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #magnitudes: Float64Array;
  readonly #active: Float64Array;
  #rows = 0;

  constructor(size: number) {
    this.#sum = new Float64Array(size);
    this.#squares = new Float64Array(size);
    this.#magnitudes = new Float64Array(size);
    this.#active = new Float64Array(size);
  }

  add(values: Float32Array, rows: number): void {
    const size = this.#sum.length;
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < size; unit++) {
        const value = values[row * size + unit]!;
        this.#sum[unit]! += value;
        this.#squares[unit]! += value ** 2;
        this.#magnitudes[unit]! += Math.abs(value);
        if (value !== 0) this.#active[unit]!++;
      }
    }
    this.#rows += rows;
  }

  statistics(): UnitStatistics {
    const average = (sums: Float64Array): Float32Array => Float32Array.from(sums, (sum) => sum / this.#rows);
    const mean = average(this.#sum);
    const variance = (unit: number): number => this.#squares[unit]! / this.#rows - (this.#sum[unit]! / this.#rows) ** 2;
    return {
      mean,
      deviation: mean.map((_, unit) => Math.sqrt(Math.max(0, variance(unit)))),
      rootMeanSquare: Float32Array.from(this.#squares, (squares) => Math.sqrt(squares / this.#rows)),
      meanMagnitude: average(this.#magnitudes),
      activeShare: average(this.#active),
    };
  }
}

/** The input as the first layer sees it: scaled and normalised. */
export function preprocessed(model: PolicyModel, observations: Float32Array): Float32Array {
  const { scale, normalizer, shape } = model.description.network.input;
  const size = sizeOf(shape);
  return observations.map((value, i) => {
    const scaled = value * scale;
    if (normalizer === undefined) return scaled;
    const { mean, variance, epsilon, clip } = normalizer;
    const normalized = (scaled - mean[i % size]!) / Math.sqrt(variance[i % size]! + epsilon);
    return Math.max(-clip, Math.min(clip, normalized));
  });
}

/**
 * Runs the masked network over the states once.
 * @param observations [states, inputSize]
 */
export function activationStatistics(input: {
  readonly model: PolicyModel;
  readonly backend: Backend;
  readonly observations: Float32Array;
}): ActivationStatistics {
  const { model, backend, observations } = input;
  const { network } = model.description;
  const placed = placeNetwork(network);
  const layers = allLayers(placed);
  const moments = new Map(layers.map(({ layer, outputShape }) => [layer.name, new Moments(sizeOf(outputShape))]));
  runOverStates({
    model,
    backend,
    observations,
    visit: ({ instance, rows }) => {
      for (const { layer } of layers) moments.get(layer.name)!.add(instance.activations(layer.name), rows);
    },
  });

  const outputs = Object.fromEntries([...moments].map(([name, moment]) => [name, moment.statistics()]));
  const source = new Moments(placed.inputSize);
  source.add(preprocessed(model, observations), observations.length / placed.inputSize);
  const inputs: Record<string, UnitStatistics> = {};
  const walk = (chain: readonly { layer: { name: string } }[], before: UnitStatistics): UnitStatistics => {
    let previous = before;
    for (const { layer } of chain) {
      inputs[layer.name] = previous;
      previous = outputs[layer.name]!;
    }
    return previous;
  };
  const afterTrunk = walk(placed.trunk, source.statistics());
  for (const head of placed.heads) walk(head.layers, afterTrunk);
  return { outputs, inputs };
}
