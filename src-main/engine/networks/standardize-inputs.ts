// A change of variables at the input: the same function, with inputs of mean 0 and variance 1 inside.
import type { PolicyModel } from './model.ts';
import { applyMasks } from './parameters.ts';
import { biasName, kernelName } from './shapes.ts';

export interface InputStatistics {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** A normaliser that never clips and adds nothing to the variance. */
const UNCLIPPED = 1e30;
const NO_EPSILON = 1e-30;
/** An input that hardly varies is not blown up. */
const SMALLEST_DEVIATION = 1e-4;

/** Mean and standard deviation of every input, over the rows of [count, size]. */
export function inputStatistics(observations: Float32Array, size: number): InputStatistics {
  const count = observations.length / size;
  const mean = new Array<number>(size).fill(0);
  const square = new Array<number>(size).fill(0);
  observations.forEach((value, i) => (mean[i % size]! += value / count));
  observations.forEach((value, i) => (square[i % size]! += (value - mean[i % size]!) ** 2 / count));
  return { mean, deviation: square.map((variance) => Math.max(SMALLEST_DEVIATION, Math.sqrt(variance))) };
}

/** The dense layers that read the input directly; null when something else does, or the input is normalised already. */
function inputLayers(model: PolicyModel): readonly string[] | null {
  const { network } = model.description;
  if (network.input.normalizer !== undefined || network.input.scale !== 1 || network.input.shape.length !== 1)
    return null;
  const first = network.trunk.length > 0 ? [network.trunk[0]!] : network.heads.map((head) => head.layers[0]!);
  return first.every((layer) => layer.kind === 'dense') ? first.map((layer) => layer.name) : null;
}

/** Whether `standardizeInputs` can do anything: flat, unscaled, not normalised, read by dense layers. */
export function canStandardize(model: PolicyModel): boolean {
  return inputLayers(model) !== null;
}

/**
 * W x + b = (W diag(σ)) ((x − μ)/σ) + (b + W μ): the model with a normaliser in front and its first kernels changed so
 * that it answers as before. Gradients and magnitudes then mean the same for every input, whatever its unit.
 */
export function standardizeInputs(model: PolicyModel, { mean, deviation }: InputStatistics): PolicyModel {
  const layers = inputLayers(model);
  if (layers === null) return model;
  const { network } = model.description;
  const normalizer = { mean, variance: deviation.map((d) => d * d), epsilon: NO_EPSILON, clip: UNCLIPPED };
  const parameters = applyMasks(model.parameters, model.masks);
  for (const layer of layers) {
    const kernel = parameters[kernelName(layer)]!;
    const bias = parameters[biasName(layer)]!;
    const units = bias.length;
    const shifted = Float64Array.from(bias);
    kernel.forEach((w, i) => {
      const input = Math.floor(i / units);
      shifted[i % units]! += w * mean[input]!;
      kernel[i] = w * deviation[input]!;
    });
    bias.set(shifted);
  }
  return {
    ...model,
    parameters,
    description: { ...model.description, network: { ...network, input: { ...network.input, normalizer } } },
  };
}

/** The inverse: the same function on raw inputs. @param statistics those that the model was standardised with */
export function restoreInputs(model: PolicyModel, { mean, deviation }: InputStatistics): PolicyModel {
  const { normalizer, ...input } = model.description.network.input;
  if (normalizer?.clip !== UNCLIPPED) return model;
  const inverse = {
    mean: mean.map((m, i) => -m / deviation[i]!),
    deviation: deviation.map((d) => 1 / d),
  };
  const raw = { ...model, description: { ...model.description, network: { ...model.description.network, input } } };
  const { description } = model;
  return {
    ...standardizeInputs(raw, inverse),
    description: { ...description, network: { ...description.network, input } },
  };
}
