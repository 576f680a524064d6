import { describe, expect, it } from 'vitest';
import { DQN_DEFAULTS } from '../../../../src-main/engine/agents/dqn/config.ts';
import { ContinuousActionsError, freshDqnModel, qNetwork } from '../../../../src-main/engine/agents/dqn/network.ts';
import { cartPole } from '../../../../src-main/engine/environments/cart-pole.ts';
import { pendulum } from '../../../../src-main/engine/environments/pendulum.ts';
import { checkParameters, parameterShapes, placeNetwork } from '../../../../src-main/engine/networks/shapes.ts';
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
