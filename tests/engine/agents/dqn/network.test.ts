import { describe, expect, it } from 'vitest';
import { DQN_DEFAULTS, dqnTemplates } from '../../../../src-main/engine/agents/dqn/config.ts';
import { ContinuousActionsError, freshDqnModel, qNetwork } from '../../../../src-main/engine/agents/dqn/network.ts';
import { ConvolutionInputError } from '../../../../src-main/engine/networks/convolutions.ts';
import type { DqnConfig } from '../../../../src-main/contract/dqn.ts';
import { environments } from '../../../../src-main/engine/environments/registry.ts';
import { cartPole } from '../../../../src-main/engine/environments/cart-pole.ts';
import { pendulum } from '../../../../src-main/engine/environments/pendulum.ts';
import {
  checkParameters,
  NetworkShapeError,
  parameterShapes,
  placeNetwork,
} from '../../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';

describe('qNetwork', () => {
  it('is a dense trunk with one output per action', () => {
    expect(parameterShapes(qNetwork({ ...DQN_DEFAULTS, hiddenUnits: [8, 6] }, cartPole))).toEqual({
      'dense_1/kernel': [4, 8],
      'dense_1/bias': [8],
      'dense_2/kernel': [8, 6],
      'dense_2/bias': [6],
      'q/kernel': [6, 2],
      'q/bias': [2],
    });
  });

  it('gives each stream of a dueling network its own last hidden layer', () => {
    const network = qNetwork({ ...DQN_DEFAULTS, hiddenUnits: [8, 6], dueling: true }, cartPole);
    expect(parameterShapes(network)).toEqual({
      'dense_1/kernel': [4, 8],
      'dense_1/bias': [8],
      'value_dense/kernel': [8, 6],
      'value_dense/bias': [6],
      'value/kernel': [6, 1],
      'value/bias': [1],
      'advantage_dense/kernel': [8, 6],
      'advantage_dense/bias': [6],
      'advantage/kernel': [6, 2],
      'advantage/bias': [2],
    });
    expect(placeNetwork(network).outputSize).toBe(2);
  });

  it('flattens observations of higher rank', () => {
    const observationSpace = { kind: 'box', shape: [3, 3, 2], low: [], high: [] } as const;
    const network = qNetwork(DQN_DEFAULTS, { observationSpace, actionSpace: { kind: 'discrete', n: 5 } });
    expect(parameterShapes(network)['dense_1/kernel']).toEqual([18, 64]);
  });

  it('looks at MinAtar through 16 filters of 3 × 3 and 128 units', () => {
    const { config, environment } = dqnTemplates.get('minatar-seaquest-v1');
    expect(parameterShapes(qNetwork(config, environments.get(environment)))).toEqual({
      'conv_1/kernel': [3, 3, 10, 16],
      'conv_1/bias': [16],
      'dense_1/kernel': [8 * 8 * 16, 128],
      'dense_1/bias': [128],
      'q/kernel': [128, 6],
      'q/bias': [6],
    });
  });

  it('refuses convolutions over what is no image, or is smaller than they are', () => {
    const convolved = (kernelSize: number): DqnConfig => ({
      ...DQN_DEFAULTS,
      convolutions: [{ filters: 4, kernelSize, stride: 1 }],
    });
    expect(() => qNetwork(convolved(3), cartPole)).toThrow(ConvolutionInputError);
    const breakout = environments.get('MinAtar/Breakout-v1');
    expect(() => placeNetwork(qNetwork(convolved(11), breakout))).toThrow(NetworkShapeError);
  });

  it('refuses continuous actions', () => {
    expect(() => qNetwork(DQN_DEFAULTS, pendulum)).toThrow(ContinuousActionsError);
  });
});

describe('freshDqnModel', () => {
  it.each([false, true])('has the parameters its network needs (dueling: %s), decided by the seed', (dueling) => {
    const config = { ...DQN_DEFAULTS, dueling };
    const model = freshDqnModel(config, cartPole, new Random(3));
    expect(() => {
      checkParameters(model.description.network, model.parameters);
    }).not.toThrow();
    expect(freshDqnModel(config, cartPole, new Random(3))).toEqual(model);
    expect(freshDqnModel(config, cartPole, new Random(4)).parameters).not.toEqual(model.parameters);
  });
});
