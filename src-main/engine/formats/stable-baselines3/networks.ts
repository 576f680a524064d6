// From the keys of a state dict to a network: value networks (DQN) and actor-critics (PPO, A2C, TRPO).
import type { Activation, NetworkSpecification } from '../../../contract/network.ts';
import type { Shape } from '../../networks/shapes.ts';
import { joinStacks, readDense, readHiddenLayers, sequentialKeys, type LayerStack } from './layers.ts';
import { readNatureCnn } from './nature-cnn.ts';
import type { StateDict } from './state-dict.ts';

interface HeadParts {
  readonly name: string;
  readonly stack: LayerStack;
}

export interface NetworkParts {
  readonly trunk: LayerStack;
  /** The one that acts first. */
  readonly heads: readonly [HeadParts, ...HeadParts[]];
}

interface Options {
  readonly weights: StateDict;
  readonly activation: Activation;
  /** [height, width, channels] for networks with a NatureCNN. */
  readonly image: Shape | null;
}

const NOTHING: LayerStack = { layers: [], parameters: {} };

function readFeatures({ weights, image }: Options, key: string, scope: string): LayerStack {
  return image === null ? NOTHING : readNatureCnn({ weights, key, scope, input: image });
}

/** Hidden layers in the trunk, the Q-values as the head `q`. */
export function readValueNetwork(options: Options): NetworkParts {
  const { weights, activation } = options;
  const features = readFeatures(options, 'q_net.features_extractor.', '');
  const keys = sequentialKeys(weights, 'q_net.q_net.');
  const hidden = readHiddenLayers({ weights, keys: keys.slice(0, -1), scope: '', activation });
  const output = readDense({ weights, key: keys.at(-1) ?? 'q_net.q_net.0', name: 'q/output', activation: 'linear' });
  weights.skip('q_net_target.');
  return { trunk: joinStacks(features, hidden), heads: [{ name: 'q', stack: output }] };
}

/** The heads `policy` and `value`; the trunk holds what they share: features, and the shared layers of older versions. */
export function readActorCritic(options: Options): NetworkParts {
  const { weights, activation } = options;
  const separate =
    weights.has('vf_features_extractor.') && !weights.equal('vf_features_extractor.', 'pi_features_extractor.');
  const features = (key: string, scope: string): LayerStack =>
    separate ? readFeatures(options, `${key}features_extractor.`, scope) : NOTHING;
  const hidden = (part: string, scope: string): LayerStack => {
    const keys = sequentialKeys(weights, `mlp_extractor.${part}.`);
    return readHiddenLayers({ weights, keys, scope, activation });
  };
  const output = (key: string, name: string): LayerStack => readDense({ weights, key, name, activation: 'linear' });

  const trunk = separate ? NOTHING : readFeatures(options, 'features_extractor.', '');
  const shared = hidden('shared_net', '');
  const policy = joinStacks(
    features('pi_', 'policy/'),
    hidden('policy_net', 'policy/'),
    output('action_net', 'policy/output'),
  );
  const value = joinStacks(
    features('vf_', 'value/'),
    hidden('value_net', 'value/'),
    output('value_net', 'value/output'),
  );
  // The same modules under further names.
  for (const alias of separate ? ['features_extractor.'] : ['pi_features_extractor.', 'vf_features_extractor.']) {
    weights.skip(alias);
  }
  return {
    trunk: joinStacks(trunk, shared),
    heads: [
      { name: 'policy', stack: policy },
      { name: 'value', stack: value },
    ],
  };
}

/** Inputs of the first dense layer, for networks without convolutions. */
export function firstInputs(parts: NetworkParts): number {
  const first = parts.trunk.layers.length > 0 ? parts.trunk : parts.heads[0].stack;
  const [layer] = first.layers;
  if (layer?.kind !== 'dense') return 0;
  return first.parameters[`${layer.name}/kernel`]!.length / layer.units;
}

export function toNetwork(parts: NetworkParts, input: NetworkSpecification['input']): NetworkSpecification {
  return {
    input,
    trunk: parts.trunk.layers,
    heads: parts.heads.map(({ name, stack }) => ({ name, layers: stack.layers })),
    combine: 'concatenate',
  };
}
