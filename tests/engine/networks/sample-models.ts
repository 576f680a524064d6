// Small policy models with random weights, for tests of what is done to models.
import type { Activation, Layer, NetworkSpecification } from '../../../src-main/contract/network.ts';
import type { ModelDescription } from '../../../src-main/contract/model.ts';
import { initializeParameters } from '../../../src-main/engine/networks/initialize.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

export interface ModelOutline {
  readonly inputs?: number;
  readonly hidden?: readonly number[];
  readonly actions?: number;
  readonly activation?: Activation;
  /** `actor-critic` has a deep head for each; `shared` a trunk with a value beside the policy. */
  readonly kind?: 'q' | 'dueling' | 'actor-critic' | 'shared';
  /** Two convolutions with a pool between them come before the hidden layers, and `inputs` is an image's 32 numbers. */
  readonly image?: boolean;
  readonly seed?: number;
}

/** What comes before the hidden layers of an image. */
const imageLayers = (prefix: string, activation: Activation): Layer[] => [
  {
    kind: 'conv2d',
    name: `${prefix}conv_0`,
    filters: 3,
    kernelSize: [2, 2],
    strides: [1, 1],
    padding: 'valid',
    activation,
  },
  { kind: 'max-pool', name: `${prefix}pool`, poolSize: [2, 2], strides: [1, 1], padding: 'same' },
  {
    kind: 'conv2d',
    name: `${prefix}conv_1`,
    filters: 4,
    kernelSize: [2, 2],
    strides: [2, 1],
    padding: 'same',
    activation,
  },
  { kind: 'flatten', name: `${prefix}flatten` },
];

const dense = (name: string, units: number, activation: Activation): Layer => ({
  kind: 'dense',
  name,
  units,
  activation,
});

export function sampleNetwork(outline: ModelOutline = {}): NetworkSpecification {
  const { inputs = 3, hidden = [5, 4], actions = 2, activation = 'relu', kind = 'q', image = false } = outline;
  const input = { shape: image ? [4, 4, 2] : [inputs], scale: 1 };
  const layers = (prefix: string): Layer[] => [
    ...(image ? imageLayers(prefix, activation) : []),
    ...hidden.map((units, i) => dense(`${prefix}hidden_${i}`, units, activation)),
  ];
  const head = (name: string, units: number, lead: Layer[] = []): NetworkSpecification['heads'][number] => ({
    name,
    layers: [...lead, dense(`${name}/out`, units, 'linear')],
  });
  switch (kind) {
    case 'q':
      return { input, trunk: layers(''), heads: [head('q', actions)], combine: 'concatenate' };
    case 'shared':
      return { input, trunk: layers(''), heads: [head('policy', actions), head('value', 1)], combine: 'concatenate' };
    case 'actor-critic':
      return {
        input,
        trunk: [],
        heads: [head('policy', actions, layers('policy/')), head('value', 1, layers('value/'))],
        combine: 'concatenate',
      };
    case 'dueling':
      return {
        input,
        trunk: layers(''),
        heads: [
          head('value', 1, [dense('value/hidden', 3, activation)]),
          head('advantage', actions, [dense('advantage/hidden', 3, activation)]),
        ],
        combine: 'dueling',
      };
  }
}

export function sampleModel(outline: ModelOutline = {}): PolicyModel {
  const { kind = 'q', actions = 2, seed = 1 } = outline;
  const network = sampleNetwork(outline);
  const description: ModelDescription = {
    algorithm: kind === 'actor-critic' || kind === 'shared' ? 'a2c' : 'dqn',
    network,
    policy: { kind: 'greedy', head: kind === 'q' ? 'q' : kind === 'dueling' ? 'advantage' : 'policy' },
    actionSpace: { kind: 'discrete', n: actions },
    gamma: 0.99,
  };
  return { description, parameters: initializeParameters(network, new Random(seed)), masks: {} };
}

/** The DQN of Mnih et al. 2015 on 84×84×4 images, with random weights. */
export function natureModel(actions: number): PolicyModel {
  const conv = (name: string, filters: number, size: number, stride: number): Layer => ({
    kind: 'conv2d',
    name,
    filters,
    kernelSize: [size, size],
    strides: [stride, stride],
    padding: 'valid',
    activation: 'relu',
  });
  const network: NetworkSpecification = {
    input: { shape: [84, 84, 4], scale: 1 / 255 },
    trunk: [
      conv('conv_1', 32, 8, 4),
      conv('conv_2', 64, 4, 2),
      conv('conv_3', 64, 3, 1),
      { kind: 'flatten', name: 'flatten' },
      dense('features', 512, 'relu'),
    ],
    heads: [{ name: 'q', layers: [dense('q/out', actions, 'linear')] }],
    combine: 'concatenate',
  };
  const description: ModelDescription = {
    algorithm: 'dqn',
    network,
    policy: { kind: 'greedy', head: 'q' },
    actionSpace: { kind: 'discrete', n: actions },
    gamma: 0.99,
  };
  return { description, parameters: initializeParameters(network, new Random(1)), masks: {} };
}
