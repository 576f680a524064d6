// The numerics port: forward, backward and the optimizer step; nothing else knows how numbers are computed.
import type { NetworkSpecification } from '../../contract/network.ts';
import type { Masks, Parameters } from '../networks/parameters.ts';

export type OptimizerConfig =
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | { readonly kind: 'rmsprop'; readonly decay: number; readonly epsilon: number; readonly centered: boolean }
  | { readonly kind: 'sgd'; readonly momentum: number };

/** Adam as Kingma & Ba 2015, algorithm 1, with PyTorch's defaults (epsilon outside the square root). */
export const ADAM: OptimizerConfig = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export interface InstanceOptions {
  /** The largest batch that `forward` will see. */
  readonly maxBatch: number;
  /** Absent for inference only: `backward` and `step` then throw. */
  readonly optimizer?: OptimizerConfig;
}

export interface StepOptions {
  readonly learningRate: number;
  /**
   * Scales all gradients so that their global L2 norm is at most this: by maximum / (norm + 1e-6), as PyTorch does.
   * Gradients of masked weights do not count.
   */
  readonly maxGradientNorm?: number;
}

/** All that an optimizer remembers; restoring it continues byte for byte. */
export interface OptimizerState {
  readonly step: number;
  /** `<slot>:<parameter>` → values, e.g. `m:dense_1/kernel`; optimizer-slots.ts says which. */
  readonly slots: Readonly<Record<string, Float32Array>>;
}

/** A network that lives in a backend. Arrays it returns are views, valid until its next call, unless said to be copies. */
export interface NetworkInstance {
  readonly specification: NetworkSpecification;
  /**
   * @param inputs [batchSize, product(input.shape)] raw observations; preprocessing is part of the network.
   * @param options.tape keep what `backward` and `activations` need.
   * @returns [batchSize, outputSize], heads as `NetworkSpecification` says.
   */
  forward(inputs: Float32Array, batchSize: number, options?: { readonly tape?: boolean }): Float32Array;
  /** After a taped forward: the layer's output after its activation, [batchSize, product(shape)]. */
  activations(layer: string): Float32Array;
  /** Gradients of the sum over the batch of outputGradient·output; replaces the previous gradients. [batchSize, outputSize] */
  backward(outputGradient: Float32Array): void;
  /** The gradients of the last `backward`, dense even where masked. */
  gradients(): Parameters;
  /**
   * One optimizer step on the last gradients. Masked weights and their slots stay exactly zero.
   * @throws NonFiniteError when a gradient is NaN or infinite; nothing has changed then.
   */
  step(options: StepOptions): void;
  /**
   * From now on masked weights are zero: they are zeroed now, and their optimizer slots with them. Replaces all masks
   * before; what is no longer masked grows from zero.
   * @throws ParameterShapeError
   */
  setMasks(masks: Masks): void;
  /** Copies. */
  readParameters(): Record<string, Float32Array>;
  writeParameters(parameters: Parameters): void;
  /** Copies. */
  readOptimizer(): OptimizerState;
  writeOptimizer(state: OptimizerState): void;
  dispose(): void;
}

export interface Backend {
  /** `wasm`, `tensorflow`, `cpu`, … as recipes name it. */
  readonly name: string;
  /** What computes, for provenance: "tfjs-backend-wasm 4.22.0 (simd)". */
  readonly version: string;
  /** @throws ParameterShapeError when a parameter is missing, extra or of another length. */
  instantiate(network: NetworkSpecification, parameters: Parameters, options: InstanceOptions): NetworkInstance;
}
