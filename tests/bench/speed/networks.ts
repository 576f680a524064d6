// The networks that are measured, the noise they are fed, and which of their weights are pruned.
import type { DenseLayer, Layer, NetworkSpecification } from '../../../src-main/contract/network.ts';
import type { Masks, Parameters } from '../../../src-main/engine/networks/parameters.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

const dense = (name: string, units: number, activation: DenseLayer['activation'] = 'relu'): DenseLayer => {
  return { kind: 'dense', name, units, activation };
};

function conv(name: string, filters: number, kernel: number, stride: number): Layer {
  return {
    kind: 'conv2d',
    name,
    filters,
    kernelSize: [kernel, kernel],
    strides: [stride, stride],
    padding: 'valid',
    activation: 'relu',
  };
}

function qNetwork(
  input: NetworkSpecification['input'],
  trunk: readonly Layer[],
  actions: number,
): NetworkSpecification {
  return { input, trunk, heads: [{ name: 'q', layers: [dense('q', actions, 'linear')] }], combine: 'concatenate' };
}

/** What observations hold: standard normals, bits as MinAtar's, or bytes as an image's. */
export type Content = 'normal' | 'bits' | 'bytes';

export interface LearningTask {
  readonly network: NetworkSpecification;
  readonly actions: number;
  readonly content: Content;
  readonly batch: number;
  /** Transitions in the replay buffer, which is full. */
  readonly replaySize: number;
}

/** inputs-…hidden-actions */
export function mlp(inputs: number, hidden: readonly number[], actions: number, batch: number): LearningTask {
  const layers = hidden.map((units, i) => dense(`dense_${i + 1}`, units));
  const network = qNetwork({ shape: [inputs], scale: 1 }, layers, actions);
  return { network, actions, content: 'normal', batch, replaySize: 10_000 };
}

/** Young & Tian 2019, the network of MinAtar's DQN. */
export const MIN_ATAR: LearningTask = {
  network: qNetwork(
    { shape: [10, 10, 4], scale: 1 },
    [conv('conv_1', 16, 3, 1), { kind: 'flatten', name: 'flatten' }, dense('dense_1', 128)],
    6,
  ),
  actions: 6,
  content: 'bits',
  batch: 32,
  replaySize: 10_000,
};

/** Mnih et al. 2015, methods. */
export const NATURE_CNN: LearningTask = {
  network: qNetwork(
    { shape: [84, 84, 4], scale: 1 / 255 },
    [
      conv('conv_1', 32, 8, 4),
      conv('conv_2', 64, 4, 2),
      conv('conv_3', 64, 3, 1),
      { kind: 'flatten', name: 'flatten' },
      dense('dense_1', 512),
    ],
    6,
  ),
  actions: 6,
  content: 'bytes',
  batch: 32,
  replaySize: 1000,
};

export function drawObservations(content: Content, length: number, random: Random): Float32Array {
  const draw = {
    normal: () => random.normal(),
    bits: () => random.integer(2),
    bytes: () => random.integer(256),
  }[content];
  return Float32Array.from({ length }, draw);
}

/** Of every kernel exactly this share of the weights lives, rounded, drawn at random. */
export function drawMasks(parameters: Parameters, density: number): Masks {
  const random = new Random(5);
  const kernels = Object.entries(parameters).filter(([name]) => name.endsWith('/kernel'));
  return Object.fromEntries(
    kernels.map(([name, { length }]) => {
      let wanted = Math.round(density * length);
      // Selection sampling (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S).
      return [name, Uint8Array.from({ length }, (_, i) => Number(random.integer(length - i) < wanted && wanted-- > 0))];
    }),
  );
}
