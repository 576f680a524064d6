// A whole network forward, and backward over what the forward pass kept.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NetworkSpecification } from '../../../contract/network.ts';
import type { PlacedLayer, PlacedNetwork } from '../../networks/shapes.ts';
import { combineHeads, headGradients } from './heads.ts';
import { layerBackward, layerForward } from './layers/layer.ts';
import type { LayerTape, Weights } from './layers/layer-tape.ts';
import type { Tensorflow } from './session.ts';

/** A network with its present weights, by layer name. */
export interface LoadedNetwork {
  readonly placed: PlacedNetwork;
  readonly combine: NetworkSpecification['combine'];
  readonly weights: ReadonlyMap<string, Weights>;
}

/** Inputs and outputs of all layers, in forward order; heads in the order of the specification. */
export interface NetworkTape {
  readonly batchSize: number;
  readonly trunk: readonly LayerTape[];
  readonly heads: readonly (readonly LayerTape[])[];
}

/** Each tensor once. */
export function tapeTensors({ trunk, heads }: NetworkTape): ReadonlySet<Tensor> {
  return new Set([trunk, ...heads].flat().flatMap(({ input, output }) => [input, output]));
}

/**
 * @param input [batch, inputSize], preprocessed.
 * @returns output [batch, outputSize]
 */
export function networkForward(
  tf: Tensorflow,
  { placed, combine, weights }: LoadedNetwork,
  input: Tensor,
): { output: Tensor; tape: NetworkTape } {
  const run = (layers: readonly PlacedLayer[], first: Tensor): LayerTape[] => {
    let value = first;
    return layers.map((layer) => {
      const tape = {
        placed: layer,
        input: value,
        output: layerForward(tf, layer, value, weights.get(layer.layer.name)),
      };
      value = tape.output;
      return tape;
    });
  };
  const { inputShape } = (placed.trunk[0] ?? placed.heads[0]!.layers[0])!;
  const observation = tf.reshape(input, [-1, ...inputShape]);
  const trunk = run(placed.trunk, observation);
  const heads = placed.heads.map((head) => run(head.layers, trunk.at(-1)?.output ?? observation));
  const outputs = heads.map((tapes, i) => tf.reshape(tapes.at(-1)!.output, [-1, placed.heads[i]!.size]));
  return {
    output: combineHeads(tf, combine, placed.heads, outputs),
    tape: { batchSize: input.shape[0], trunk, heads },
  };
}

/**
 * @param outputGradient ∂L/∂output, [batch, outputSize].
 * @returns ∂L/∂weights by layer name, for every layer that has weights.
 */
export function networkBackward(
  tf: Tensorflow,
  { placed, combine, weights }: LoadedNetwork,
  tape: NetworkTape,
  outputGradient: Tensor,
): ReadonlyMap<string, Weights> {
  const gradients = new Map<string, Weights>();
  const learns = ({ placed: { layer } }: LayerTape): boolean => weights.has(layer.name);

  /** Backward through a chain of layers; null where nothing before it learns. */
  const run = (layers: readonly LayerTape[], last: Tensor, learnsBefore: boolean): Tensor | null => {
    const firstLearning = learnsBefore ? -1 : layers.findIndex(learns);
    let gradient: Tensor | null = last;
    for (let i = layers.length - 1; i >= 0 && gradient !== null; i--) {
      const layer = layers[i]!;
      const { name } = layer.placed.layer;
      const found = layerBackward(tf, layer, weights.get(name), gradient, { inputGradient: i > firstLearning });
      if (found.weights !== null) gradients.set(name, found.weights);
      gradient = found.input;
    }
    return gradient;
  };

  const trunkLearns = tape.trunk.some(learns);
  const trunkGradients = headGradients(tf, combine, placed.heads, outputGradient)
    .map((gradient, i) => {
      const { outputShape } = placed.heads[i]!.layers.at(-1)!;
      return run(tape.heads[i]!, tf.reshape(gradient, [-1, ...outputShape]), trunkLearns);
    })
    .filter((gradient) => gradient !== null);
  if (trunkLearns) run(tape.trunk, tf.addN(trunkGradients), false);
  return gradients;
}
