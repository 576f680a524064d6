import { describe, expect, it } from 'vitest';
import type { ActionSpace } from '../../../src-main/contract/environment.ts';
import type { ModelDescription } from '../../../src-main/contract/model.ts';
import type { NetworkSpecification } from '../../../src-main/contract/network.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import { pendulum } from '../../../src-main/engine/environments/pendulum.ts';
import { checkModelFits, ModelDoesNotFitError } from '../../../src-main/engine/evaluation/model-fits.ts';
import { modelPolicy, PolicyHeadError } from '../../../src-main/engine/evaluation/policy.ts';
import type { NetworkInstance } from '../../../src-main/engine/numerics/backend.ts';

interface Outline {
  readonly inputs: number;
  readonly heads: Readonly<Record<string, number>>;
  readonly combine?: NetworkSpecification['combine'];
  readonly policy: ModelDescription['policy'];
  readonly actionSpace: ActionSpace;
}

/** A model of single-layer heads with these many outputs. */
function describeModel({ inputs, heads, combine = 'concatenate', policy, actionSpace }: Outline): ModelDescription {
  return {
    algorithm: 'ppo',
    network: {
      input: { shape: [inputs], scale: 1 },
      trunk: [],
      heads: Object.entries(heads).map(([name, units]) => ({
        name,
        layers: [{ kind: 'dense', name: `${name}/out`, units, activation: 'linear' }],
      })),
      combine,
    },
    policy,
    actionSpace,
    gamma: null,
  };
}

/** An instance that answers these rows, and insists on inputs of exactly the batch's size. */
function answering(rows: readonly (readonly number[])[], inputs: number): NetworkInstance {
  const forward = (observations: Float32Array, batch: number): Float32Array => {
    expect(observations.length).toBe(batch * inputs);
    return Float32Array.from(rows.slice(0, batch).flat());
  };
  return { forward } as unknown as NetworkInstance;
}

const greedy = { kind: 'greedy', head: 'policy' } as const;
const mean = { kind: 'mean', head: 'policy', logStd: [0, 0] } as const;
const twoDimensional: ActionSpace = { kind: 'box', shape: [2], low: [-1, -2], high: [1, 2] };

describe('a greedy policy', () => {
  it('takes the largest of its own head, wherever the head is in the row', () => {
    const description = describeModel({
      inputs: 2,
      heads: { value: 1, policy: 3 },
      policy: greedy,
      actionSpace: { kind: 'discrete', n: 3 },
    });
    const rows = [
      [9, 0, 1, 2],
      [9, -1, -3, -2],
      [-9, 0, 5, 4],
    ];
    const policy = modelPolicy(answering(rows, 2), description);
    expect(Array.from(policy.act(new Float32Array(6), 3)).slice(0, 3)).toEqual([2, 0, 1]);
  });

  it('takes the lowest index of equals', () => {
    const description = describeModel({
      inputs: 1,
      heads: { policy: 4 },
      policy: greedy,
      actionSpace: { kind: 'discrete', n: 4 },
    });
    const rows = [
      [0, 7, 7, 7],
      [3, 3, 3, 3],
    ];
    expect(Array.from(modelPolicy(answering(rows, 1), description).act(new Float32Array(2), 2)).slice(0, 2)).toEqual([
      1, 0,
    ]);
  });

  it('reads the whole row of a dueling network', () => {
    const description = describeModel({
      inputs: 1,
      heads: { value: 1, advantage: 2 },
      combine: 'dueling',
      policy: { kind: 'greedy', head: 'advantage' },
      actionSpace: { kind: 'discrete', n: 2 },
    });
    expect(modelPolicy(answering([[1, 2]], 1), description).act(new Float32Array(1), 1)[0]).toBe(1);
  });

  it('uses the first rows of a longer array, and grows with the batch', () => {
    const description = describeModel({
      inputs: 1,
      heads: { policy: 2 },
      policy: greedy,
      actionSpace: { kind: 'discrete', n: 2 },
    });
    const rows = Array.from({ length: 300 }, (_, i) => [0, i % 2 === 0 ? -1 : 1]);
    const policy = modelPolicy(answering(rows, 1), description);
    expect(policy.act(new Float32Array(8), 2)[1]).toBe(1);
    const actions = Array.from(policy.act(new Float32Array(300), 300)).slice(0, 300);
    expect(actions).toEqual(rows.map((_, i) => i % 2));
  });
});

it('a mean is clipped to the action space, component by component', () => {
  const description = describeModel({
    inputs: 1,
    heads: { policy: 2, value: 1 },
    policy: mean,
    actionSpace: twoDimensional,
  });
  const rows = [
    [0.5, -1.5, 9],
    [3, -3, 9],
  ];
  const actions = modelPolicy(answering(rows, 1), description).act(new Float32Array(2), 2);
  expect(actions[0]).toEqual(Float32Array.of(0.5, -1.5));
  expect(actions[1]).toEqual(Float32Array.of(1, -2));
});

describe('a model that contradicts itself is refused', () => {
  const two: ActionSpace = { kind: 'discrete', n: 2 };
  it.each([
    { outline: { heads: { q: 2 }, policy: greedy, actionSpace: two }, says: 'only q' },
    { outline: { heads: { policy: 3 }, policy: greedy, actionSpace: two }, says: '3 outputs for discrete(2)' },
    { outline: { heads: { policy: 2 }, policy: greedy, actionSpace: twoDimensional }, says: 'continuous' },
    { outline: { heads: { policy: 2 }, policy: mean, actionSpace: two }, says: 'discrete' },
  ])('$says', ({ outline, says }) => {
    const model = (): unknown => modelPolicy(answering([], 1), describeModel({ inputs: 1, ...outline }));
    expect(model).toThrow(PolicyHeadError);
    expect(model).toThrow(says);
  });
});

describe('checkModelFits', () => {
  const model = (inputs: number, actionSpace: ActionSpace): ModelDescription =>
    describeModel({ inputs, heads: { policy: 2 }, policy: greedy, actionSpace });

  it('accepts the environment the model was made for, with bounds that went through float32', () => {
    expect(() => {
      checkModelFits(model(4, { kind: 'discrete', n: 2 }), cartPole);
    }).not.toThrow();
    const bounded = {
      ...pendulum,
      actionSpace: { kind: 'box', shape: [1], low: [-0.1], high: [0.1] },
    } as const;
    const stored: ActionSpace = { kind: 'box', shape: [1], low: [Math.fround(-0.1)], high: [Math.fround(0.1)] };
    expect(() => {
      checkModelFits(model(3, stored), bounded);
    }).not.toThrow();
  });

  it.each([
    { inputs: 6, actionSpace: { kind: 'discrete', n: 2 }, says: /observation is \[6\], that of CartPole-v1 is \[4\]/ },
    { inputs: 4, actionSpace: { kind: 'discrete', n: 3 }, says: /discrete\(3\), that of CartPole-v1 is discrete\(2\)/ },
    { inputs: 4, actionSpace: twoDimensional, says: /box\[2\] from \[-1, -2\] to \[1, 2\].*discrete\(2\)/ },
  ] as const)('names both sides of a mismatch: $says', ({ inputs, actionSpace, says }) => {
    const check = (): void => {
      checkModelFits(model(inputs, actionSpace), cartPole);
    };
    expect(check).toThrow(ModelDoesNotFitError);
    expect(check).toThrow(says);
  });

  it('refuses other bounds', () => {
    const wide: ActionSpace = { kind: 'box', shape: [1], low: [-4], high: [4] };
    expect(() => {
      checkModelFits(model(3, wide), pendulum);
    }).toThrow(ModelDoesNotFitError);
  });
});
