// The Q-network: from an observation to one value per action.
import type { DqnConfig } from '../../../contract/dqn.ts';
import type { ActionSpace } from '../../../contract/environment.ts';
import type { DenseLayer, Layer, NetworkSpecification } from '../../../contract/network.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { Spaces } from '../../environments/environment.ts';
import { imageLayers } from '../../networks/convolutions.ts';
import { initializeParameters } from '../../networks/initialize.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { observationInput } from '../../networks/observation-input.ts';
import type { Random } from '../../random/random.ts';

/** DQN values every action separately, so there must be finitely many. */
export class ContinuousActionsError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(shape: readonly number[]) {
    super(
      `DQN needs discrete actions, these are vectors of shape [${shape.join(', ')}]`,
      'Train with PPO or A2C, or choose an environment with discrete actions.',
    );
  }
}

/**
 * The number of actions.
 * @throws ContinuousActionsError
 */
export function actionCountOf(actionSpace: ActionSpace): number {
  if (actionSpace.kind === 'box') throw new ContinuousActionsError(actionSpace.shape);
  return actionSpace.n;
}

function dense(name: string, units: number, activation: DenseLayer['activation']): DenseLayer {
  return { kind: 'dense', name, units, activation };
}

/**
 * Convolutions, dense hidden layers and the head `q`; dueling (Wang et al. 2016, figure 1): both streams, `value` and `advantage`,
 * have the last hidden layer to themselves. An observation of higher rank is flattened.
 * @throws ContinuousActionsError, ConvolutionInputError, NetworkShapeError
 */
export function qNetwork(config: DqnConfig, { observationSpace, actionSpace }: Spaces): NetworkSpecification {
  const actions = actionCountOf(actionSpace);
  const input = observationInput(observationSpace);
  const features = imageLayers(config, observationSpace.shape);
  const hidden = config.hiddenUnits.map((units, i) => dense(`dense_${i + 1}`, units, config.activation));
  if (!config.dueling) {
    const head = { name: 'q', layers: [dense('q', actions, 'linear')] };
    return { input, trunk: [...features, ...hidden], heads: [head], combine: 'concatenate' };
  }
  const stream = (name: string, outputs: number): { name: string; layers: Layer[] } => ({
    name,
    layers: [{ ...hidden.at(-1)!, name: `${name}_dense` }, dense(name, outputs, 'linear')],
  });
  return {
    input,
    trunk: [...features, ...hidden.slice(0, -1)],
    heads: [stream('value', 1), stream('advantage', actions)],
    combine: 'dueling',
  };
}

/**
 * An untrained agent, initialised as PyTorch does.
 * @throws ContinuousActionsError, ConvolutionInputError, NetworkShapeError
 */
export function freshDqnModel(config: DqnConfig, spaces: Spaces, random: Random): PolicyModel {
  const network = qNetwork(config, spaces);
  return {
    description: {
      algorithm: 'dqn',
      network,
      policy: { kind: 'greedy', head: config.dueling ? 'advantage' : 'q' },
      actionSpace: spaces.actionSpace,
      gamma: config.gamma,
    },
    parameters: initializeParameters(network, random),
    masks: {},
  };
}
