// What goes in and out of a layer's forward and backward pass, whatever its kind.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { PlacedLayer } from '../../../networks/shapes.ts';

export interface Weights {
  readonly kernel: Tensor;
  readonly bias: Tensor;
}

/** What a taped pass keeps of a layer: [batch, ...inputShape] and, after the activation, [batch, ...outputShape]. */
export interface LayerTape {
  readonly placed: PlacedLayer;
  readonly input: Tensor;
  readonly output: Tensor;
}

export interface LayerGradients {
  /** Of the layer's input; null when it was not asked for. */
  readonly input: Tensor | null;
  /** Null for a layer without parameters. */
  readonly weights: Weights | null;
}

export interface BackwardOptions {
  /** Whether anything before this layer learns. */
  readonly inputGradient: boolean;
}
