// A layer without its non-linearity: the stand-in that the next layers can take into themselves.
import type { Layer, NetworkSpecification } from '../../../contract/network.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { applyMasks } from '../../networks/parameters.ts';
import { biasName, kernelName, placeNetwork, windowPadding, type PlacedLayer } from '../../networks/shapes.ts';
import type { Backend } from '../../numerics/backend.ts';
import { preprocessed } from '../activation-statistics.ts';
import { runOverStates } from '../run-over-states.ts';
import { affineFit } from './affine-fit.ts';
import { composeAffine, type AffineMap } from './compose-affine.ts';

/** The network with one of its layers changed, or left out for null. */
export function withLayer(
  network: NetworkSpecification,
  name: string,
  change: (layer: Layer) => Layer | null,
): NetworkSpecification {
  const changed = (layers: readonly Layer[]): Layer[] =>
    layers.flatMap((layer) => (layer.name === name ? (change(layer) ?? []) : layer));
  return {
    ...network,
    trunk: changed(network.trunk),
    heads: network.heads.map((head) => ({ ...head, layers: changed(head.layers) })),
  };
}

/** The layer in its place, and the one whose output it reads; null for the network's input. */
function find(network: NetworkSpecification, name: string): { placed: PlacedLayer; before: string | null } {
  const { trunk, heads } = placeNetwork(network);
  for (const { layers } of heads) {
    const way = [...trunk, ...layers];
    const index = way.findIndex(({ layer }) => layer.name === name);
    if (index >= 0) return { placed: way[index]!, before: way[index - 1]?.layer.name ?? null };
  }
  throw new RangeError(`there is no layer "${name}"`);
}

export interface BypassInput {
  readonly backend: Backend;
  /** States on which a stand-in is to answer as the layer does, [states, inputSize]. */
  readonly observations: Float32Array;
}

/** What a dense layer reads and what it puts out in every state: [states, inputs] and [states, units]. */
function watch(
  model: PolicyModel,
  { placed, before }: ReturnType<typeof find>,
  { backend, observations }: BypassInput,
): { inputs: Float32Array; outputs: Float32Array } {
  const [inputSize, outputSize] = [placed.inputShape[0]!, placed.outputShape[0]!];
  const states = observations.length / placeNetwork(model.description.network).inputSize;
  const inputs = before === null ? preprocessed(model, observations) : new Float32Array(states * inputSize);
  const outputs = new Float32Array(states * outputSize);
  runOverStates({
    model,
    backend,
    observations,
    visit: ({ instance, from, rows }) => {
      if (before !== null) inputs.set(instance.activations(before).subarray(0, rows * inputSize), from * inputSize);
      outputs.set(instance.activations(placed.layer.name).subarray(0, rows * outputSize), from * outputSize);
    },
  });
  return { inputs, outputs };
}

/** A kernel that passes on what a convolution of stride 1 reads; it keeps the shape. */
function identityKernel({ layer, inputShape, outputShape }: PlacedLayer): Float32Array {
  if (layer.kind !== 'conv2d') throw new RangeError(`"${layer.name}" is no convolution`);
  const [height, width] = layer.kernelSize;
  const channels = inputShape[2]!;
  const [top, left] = ([0, 1] as const).map(
    (axis) => windowPadding(inputShape[axis]!, outputShape[axis]!, layer.kernelSize[axis], 1).before,
  ) as [number, number];
  const kernel = new Float32Array(height * width * channels * channels);
  for (let c = 0; c < channels; c++) kernel[((top * width + left) * channels + c) * channels + c] = 1;
  return kernel;
}

/** The model with a linear layer of the given parameters instead of the layer, in the same place and of the same shape. */
export function withStandIn(model: PolicyModel, layer: string, standIn: AffineMap): PolicyModel {
  const linear = (layer: Layer): Layer => ('activation' in layer ? { ...layer, activation: 'linear' } : layer);
  const own = [kernelName(layer), biasName(layer)];
  return {
    description: { ...model.description, network: withLayer(model.description.network, layer, linear) },
    parameters: { ...model.parameters, [own[0]!]: standIn.kernel, [own[1]!]: standIn.bias },
    masks: Object.fromEntries(Object.entries(model.masks).filter(([name]) => !own.includes(name))),
  };
}

/**
 * Fewer states for every input, and a fit to all inputs follows chance, and takes minutes for the thousands that a
 * convolution puts out.
 */
const STATES_PER_INPUT = 4;

/**
 * The affine map nearest to a dense layer. Where the states are too few to tell its inputs apart, the nearest of those that
 * see them as the layer does, through its own sums x·W + b: for normally distributed inputs these are all that the
 * nearest map depends on (Bussgang 1952).
 */
function nearestAffine(model: PolicyModel, found: ReturnType<typeof find>, input: BypassInput): AffineMap {
  const { layer, inputShape, outputShape } = found.placed;
  const [inputSize, outputSize] = [inputShape[0]!, outputShape[0]!];
  const { inputs, outputs } = watch(model, found, input);
  const states = outputs.length / outputSize;
  if (inputSize <= outputSize || states >= STATES_PER_INPUT * inputSize) {
    return affineFit({ inputs, inputSize, outputs, outputSize });
  }
  const parameters = applyMasks(model.parameters, model.masks);
  const own = { kernel: parameters[kernelName(layer.name)]!, bias: parameters[biasName(layer.name)]! };
  const sums = watch(withStandIn(model, layer.name, own), found, input).outputs;
  return composeAffine(own, affineFit({ inputs: sums, inputSize: outputSize, outputs, outputSize }));
}

/**
 * The model with a linear layer instead of the layer, in the same place and of the same shape. For a dense layer it is
 * the affine map nearest to it in the mean square over the states, as in ReplaceMe (Shopkhoev et al. 2025) for the blocks
 * of transformers; for a convolution, which has to keep the shape, the identity.
 */
export function bypassLayer(model: PolicyModel, layer: string, input: BypassInput): PolicyModel {
  const found = find(model.description.network, layer);
  const { placed } = found;
  const units = placed.outputShape.at(-1)!;
  const standIn =
    placed.layer.kind === 'dense'
      ? nearestAffine(model, found, input)
      : { kernel: identityKernel(placed), bias: new Float32Array(units) };
  return withStandIn(model, layer, standIn);
}
