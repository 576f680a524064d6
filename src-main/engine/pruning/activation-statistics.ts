// How the units of a network behave on the states that a policy visits: what data-driven criteria look at.
import type { PolicyModel } from '../networks/model.ts';
import { allLayers, placeNetwork, sizeOf } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';

export interface UnitStatistics {
  /** Mean output of every unit over the states. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** √E[h²] of every unit. */
  readonly rootMeanSquare: Float32Array;
}

/** Statistics of every dense layer's outputs, and of what each dense layer reads. */
export interface ActivationStatistics {
  readonly outputs: Readonly<Record<string, UnitStatistics>>;
  readonly inputs: Readonly<Record<string, UnitStatistics>>;
}

const BATCH = 256;

class Moments {
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  #rows = 0;

  constructor(size: number) {
    this.#sum = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  add(values: Float32Array, rows: number): void {
    const size = this.#sum.length;
    for (let i = 0; i < rows * size; i++) {
      this.#sum[i % size]! += values[i]!;
      this.#squares[i % size]! += values[i]! ** 2;
    }
    this.#rows += rows;
  }

  statistics(): UnitStatistics {
    const mean = Float32Array.from(this.#sum, (sum) => sum / this.#rows);
    const variance = (unit: number): number => this.#squares[unit]! / this.#rows - (this.#sum[unit]! / this.#rows) ** 2;
    return {
      mean,
      deviation: mean.map((_, unit) => Math.sqrt(Math.max(0, variance(unit)))),
      rootMeanSquare: Float32Array.from(this.#squares, (squares) => Math.sqrt(squares / this.#rows)),
    };
  }
}

/** The input as the first layer sees it: scaled and normalised. */
function preprocessed(model: PolicyModel, observations: Float32Array): Float32Array {
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
  const states = observations.length / placed.inputSize;
  const layers = allLayers(placed);
  const moments = new Map(layers.map(({ layer, outputShape }) => [layer.name, new Moments(sizeOf(outputShape))]));
  const instance = backend.instantiate(network, model.parameters, { maxBatch: Math.min(BATCH, states) });
  instance.setMasks(model.masks);
  for (let from = 0; from < states; from += BATCH) {
    const rows = Math.min(BATCH, states - from);
    const batch = observations.subarray(from * placed.inputSize, (from + rows) * placed.inputSize);
    instance.forward(batch, rows, { tape: true });
    for (const { layer } of layers) moments.get(layer.name)!.add(instance.activations(layer.name), rows);
  }
  instance.dispose();

  const outputs = Object.fromEntries([...moments].map(([name, moment]) => [name, moment.statistics()]));
  const source = new Moments(placed.inputSize);
  source.add(preprocessed(model, observations), states);
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
