// Actor and critic as Stable-Baselines3 builds them, two networks side by side or one that sees pictures, and the form in
// which they learn.
import type { ActionSpace } from '../../../contract/environment.ts';
import type { PpoConfig } from '../../../contract/policy-gradient.ts';
import type { DenseLayer, Layer, NetworkSpecification } from '../../../contract/network.ts';
import type { Spaces } from '../../environments/environment.ts';
import { imageLayers } from '../../networks/convolutions.ts';
import { orthogonalKernel } from '../../networks/initialize.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { observationInput } from '../../networks/observation-input.ts';
import type { Masks } from '../../networks/parameters.ts';
import {
  biasName,
  kernelName,
  layerParameterShapes,
  parameterShapes,
  placeNetwork,
  sizeOf,
  type PlacedLayer,
} from '../../networks/shapes.ts';
import type { Random } from '../../random/random.ts';
import type { OutputLayout } from './distribution.ts';
import type { PolicyGradientSettings } from './config.ts';

type Hidden = Pick<PpoConfig, 'hiddenUnits' | 'activation'>;

/** `<head>/dense_1` … and `<head>/output`; an observation of higher rank is flattened. */
function stack(
  head: string,
  { hiddenUnits, activation }: Hidden,
  outputs: number,
  inputShape: readonly number[],
): Layer[] {
  const flatten: Layer[] = inputShape.length > 1 ? [{ kind: 'flatten', name: `${head}/flatten` }] : [];
  const hidden = hiddenUnits.map((units, i): DenseLayer => ({
    kind: 'dense',
    name: `${head}/dense_${i + 1}`,
    units,
    activation,
  }));
  return [...flatten, ...hidden, { kind: 'dense', name: `${head}/output`, units: outputs, activation: 'linear' }];
}

/** Of Stable-Baselines3: √2 in hidden layers; a policy that hardly prefers anything; a critic of the usual size. */
const HIDDEN_GAIN = Math.SQRT2;
const POLICY_GAIN = 0.01;
const VALUE_GAIN = 1;

/** Orthogonal kernels and biases of zero for the layers of a head, or of the trunk. */
function initializeLayers(
  layers: readonly PlacedLayer[],
  lastGain: number,
  random: Random,
): Record<string, Float32Array> {
  const shaped = layers.flatMap((placed) => {
    const shapes = layerParameterShapes(placed);
    return shapes === null ? [] : [{ name: placed.layer.name, ...shapes }];
  });
  const entries = shaped.flatMap(({ name, kernel, bias }, i) => {
    const gain = i === shaped.length - 1 ? lastGain : HIDDEN_GAIN;
    const [inputs, units] = [sizeOf(kernel.slice(0, -1)), sizeOf(bias)];
    return [
      [kernelName(name), orthogonalKernel({ inputs, units, gain }, random)] as const,
      [biasName(name), new Float32Array(units)] as const,
    ];
  });
  return Object.fromEntries(entries);
}

function initializeHead(
  network: NetworkSpecification,
  head: { readonly name: string; readonly gain: number },
  random: Random,
): Record<string, Float32Array> {
  const { layers } = placeNetwork(network).heads.find(({ name }) => name === head.name)!;
  return initializeLayers(layers, head.gain, random);
}

const actionSizeOf = (actionSpace: ActionSpace): number =>
  actionSpace.kind === 'discrete' ? actionSpace.n : sizeOf(actionSpace.shape);

/**
 * The heads `policy` and `value`: side by side, or after convolutions and hidden layers that they share.
 * @throws ConvolutionInputError, NetworkShapeError
 */
export function actorCritic(
  config: Pick<PpoConfig, 'convolutions' | 'hiddenUnits' | 'activation'>,
  { observationSpace, actionSpace }: Spaces,
): NetworkSpecification {
  const { shape } = observationSpace;
  const input = observationInput(observationSpace);
  const outputs = actionSizeOf(actionSpace);
  const heads = (own: Hidden, features: readonly number[]): NetworkSpecification['heads'] => [
    { name: 'policy', layers: stack('policy', own, outputs, features) },
    { name: 'value', layers: stack('value', own, 1, features) },
  ];
  if ((config.convolutions ?? []).length === 0) {
    return { input, trunk: [], heads: heads(config, shape), combine: 'concatenate' };
  }
  const hidden = config.hiddenUnits.map((units, i): Layer => ({
    kind: 'dense',
    name: `dense_${i + 1}`,
    units,
    activation: config.activation,
  }));
  const trunk = [...imageLayers(config, shape), ...hidden];
  const network: NetworkSpecification = {
    input,
    trunk,
    heads: heads({ ...config, hiddenUnits: [] }, [config.hiddenUnits.at(-1)!]),
    combine: 'concatenate',
  };
  placeNetwork(network);
  return network;
}

/** An untrained actor-critic. @throws what `actorCritic` throws */
export function freshPolicyGradientModel(
  { algorithm, config }: PolicyGradientSettings,
  spaces: Spaces,
  random: Random,
): PolicyModel {
  const { actionSpace } = spaces;
  const network = actorCritic(config, spaces);
  const logStd = new Array<number>(actionSizeOf(actionSpace)).fill(config.initialLogStd);
  return {
    description: {
      algorithm,
      network,
      policy:
        actionSpace.kind === 'discrete' ? { kind: 'greedy', head: 'policy' } : { kind: 'mean', head: 'policy', logStd },
      actionSpace,
      gamma: config.gamma,
    },
    parameters: {
      ...initializeLayers(placeNetwork(network).trunk, HIDDEN_GAIN, random),
      ...initializeHead(network, { name: 'policy', gain: POLICY_GAIN }, random),
      ...initializeHead(network, { name: 'value', gain: VALUE_GAIN }, random),
    },
    masks: {},
  };
}

/**
 * A policy with an untrained critic beside it in place of the one that it may have had. What the policy shared becomes
 * its own, so that what the critic learns does not move it.
 */
export function withFreshCritic(model: PolicyModel, hidden: Hidden, random: Random): PolicyModel {
  const { network, policy } = model.description;
  const acting = network.heads.find(({ name }) => name === policy.head)!;
  const specification: NetworkSpecification = {
    ...network,
    trunk: [],
    heads: [
      { name: acting.name, layers: [...network.trunk, ...acting.layers] },
      { name: 'value', layers: stack('value', hidden, 1, network.input.shape) },
    ],
  };
  const parameters = {
    ...model.parameters,
    ...initializeHead(specification, { name: 'value', gain: VALUE_GAIN }, random),
  };
  const needed = Object.keys(parameterShapes(specification));
  return {
    description: { ...model.description, network: specification },
    parameters: Object.fromEntries(needed.map((name) => [name, parameters[name]!])),
    masks: Object.fromEntries(Object.entries(model.masks).filter(([name]) => needed.includes(name))),
  };
}

/** Head and layer of log σ in a network that learns. */
const LOG_STD = 'log_std';
const LOG_STD_KERNEL = kernelName(LOG_STD);
const LOG_STD_BIAS = biasName(LOG_STD);

/** A network as it learns, and where its outputs are. */
export interface LearningNetwork {
  readonly network: NetworkSpecification;
  readonly parameters: Readonly<Record<string, Float32Array>>;
  /** Held besides those of the model. */
  readonly masks: Masks;
  readonly layout: OutputLayout;
}

/**
 * A log σ that is the same in every state is the bias of a head of its own, whose kernel is masked away: so it is clipped
 * and stepped with all other parameters, whatever the backend.
 * @param model with the head `value`
 */
export function learningNetwork({ description, parameters }: PolicyModel): LearningNetwork {
  const { network, policy } = description;
  if (policy.kind === 'greedy') return { network, parameters, masks: {}, layout: layoutOf(network, policy.head) };
  const inputShape = placeNetwork(network).trunk.at(-1)?.outputShape ?? network.input.shape;
  const actions = policy.logStd.length;
  const flatten: Layer[] = inputShape.length > 1 ? [{ kind: 'flatten', name: `${LOG_STD}/flatten` }] : [];
  const layer: Layer = { kind: 'dense', name: LOG_STD, units: actions, activation: 'linear' };
  const extended = { ...network, heads: [...network.heads, { name: LOG_STD, layers: [...flatten, layer] }] };
  const weights = sizeOf(inputShape) * actions;
  return {
    network: extended,
    parameters: {
      ...parameters,
      [LOG_STD_KERNEL]: new Float32Array(weights),
      [LOG_STD_BIAS]: Float32Array.from(policy.logStd),
    },
    masks: { [LOG_STD_KERNEL]: new Uint8Array(weights) },
    layout: layoutOf(extended, policy.head),
  };
}

/** What has been learnt in that form, as the model that it began as. */
export function learntModel(
  { description }: PolicyModel,
  learnt: Readonly<Record<string, Float32Array>>,
  masks: Masks,
): PolicyModel {
  const { policy } = description;
  const logStd = learnt[LOG_STD_BIAS];
  const own = Object.entries(learnt).filter(([name]) => name !== LOG_STD_KERNEL && name !== LOG_STD_BIAS);
  const parameters = Object.fromEntries(own);
  if (policy.kind === 'greedy' || logStd === undefined) return { description, parameters, masks };
  return { description: { ...description, policy: { ...policy, logStd: [...logStd] } }, parameters, masks };
}

function layoutOf(network: NetworkSpecification, policyHead: string): OutputLayout {
  const { heads, outputSize } = placeNetwork(network);
  const policy = heads.find(({ name }) => name === policyHead)!;
  return {
    rowSize: outputSize,
    policy: { offset: policy.offset, size: policy.size },
    logStd: heads.find(({ name }) => name === LOG_STD)?.offset ?? null,
    value: heads.find(({ name }) => name === 'value')!.offset,
  };
}
