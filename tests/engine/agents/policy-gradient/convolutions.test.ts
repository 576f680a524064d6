// Actors and critics that see pictures: what they share, how it learns, and what becomes of it afterwards.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { TrainRecipeOf } from '../../../../src-main/contract/recipe.ts';
import {
  A2C_DEFAULTS,
  PPO_DEFAULTS,
  policyGradientTemplates,
  policyGradientTemplatesFor,
} from '../../../../src-main/engine/agents/policy-gradient/config.ts';
import { distributionOf } from '../../../../src-main/engine/agents/policy-gradient/distribution.ts';
import { actorCriticLoss } from '../../../../src-main/engine/agents/policy-gradient/loss.ts';
import {
  freshPolicyGradientModel,
  learningNetwork,
} from '../../../../src-main/engine/agents/policy-gradient/network.ts';
import type { Spaces } from '../../../../src-main/engine/environments/environment.ts';
import { acrobot } from '../../../../src-main/engine/environments/acrobot.ts';
import { environments } from '../../../../src-main/engine/environments/registry.ts';
import { writeOnnx } from '../../../../src-main/engine/formats/onnx/write.ts';
import { ConvolutionInputError } from '../../../../src-main/engine/networks/convolutions.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../../src-main/engine/networks/parameters.ts';
import { policyOnly } from '../../../../src-main/engine/networks/select-head.ts';
import { NetworkShapeError, placeNetwork, sizeOf } from '../../../../src-main/engine/networks/shapes.ts';
import { ADAM } from '../../../../src-main/engine/numerics/backend.ts';
import { playIn } from '../../../../src-main/engine/pruning/experience.ts';
import { granularities } from '../../../../src-main/engine/pruning/granularity/registry.ts';
import { pruneByHand } from '../../../../src-main/engine/pruning/prune-by-hand.ts';
import { compact } from '../../../../src-main/engine/pruning/surgery/compact.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { train } from '../../../../src-main/engine/training/train.ts';
import { recordingContext } from '../../../recording-context.ts';
import { referenceForward } from '../../../reference-network.ts';
import { testBackend } from '../../../test-backend.ts';
import { a2c, ppo } from '../../training/run-policy-gradient.ts';

const breakout = environments.get('MinAtar/Breakout-v1');

const box = (shape: readonly number[], high: number): Spaces['observationSpace'] => ({
  kind: 'box',
  shape,
  low: new Array<number>(sizeOf(shape)).fill(0),
  high: new Array<number>(sizeOf(shape)).fill(high),
});
const small: Spaces = { observationSpace: box([5, 4, 2], 1), actionSpace: { kind: 'discrete', n: 3 } };
const convolutions = [{ filters: 3, kernelSize: 2, stride: 1 }];
const config = { convolutions, hiddenUnits: [5], activation: 'tanh' } as const;

describe('a fresh model', () => {
  it('shares convolutions and hidden layers, and has a linear head for each of policy and critic', () => {
    const { network } = freshPolicyGradientModel(ppo(config), small, new Random(1)).description;
    expect(network.trunk.map(({ name }) => name)).toEqual(['conv_1', 'flatten', 'dense_1']);
    expect(network.heads.map(({ name, layers }) => [name, layers.map((layer) => layer.name)])).toEqual([
      ['policy', ['policy/output']],
      ['value', ['value/output']],
    ]);
  });

  it('has orthogonal kernels as PyTorch has them, a filter as one vector', () => {
    const { parameters } = freshPolicyGradientModel(a2c(config), small, new Random(1));
    const kernel = parameters['conv_1/kernel']!; // [2·2·2, 3]
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        let product = 0;
        for (let i = 0; i < 8; i++) product += kernel[3 * i + a]! * kernel[3 * i + b]!;
        expect(product).toBeCloseTo(a === b ? 2 : 0, 5); // gain √2
      }
    }
  });

  it('takes 84×84 pixels through the network of Mnih et al. 2015, for discrete and for continuous actions', () => {
    const observationSpace = box([84, 84, 4], 255);
    const [published] = policyGradientTemplatesFor({ id: 'gym:X', observationSpace, actionSpace: small.actionSpace });
    if (published?.algorithm !== 'ppo') throw new TypeError('PPO comes first');
    expect(published.config.hiddenUnits).toEqual([512]);
    // The same filters; fewer units are enough to place them.
    const settings = ppo({ ...published.config, hiddenUnits: [8] });
    const steering = { kind: 'box', shape: [2], low: [-1, -1], high: [1, 1] } as const;
    for (const actionSpace of [small.actionSpace, steering]) {
      const model = freshPolicyGradientModel(settings, { observationSpace, actionSpace }, new Random(1));
      const { network } = learningNetwork(model);
      const { trunk } = placeNetwork(network);
      expect(trunk.find(({ layer }) => layer.kind === 'flatten')?.outputShape).toEqual([7 * 7 * 64]);
      expect(network.input.scale).toBe(1 / 255);
    }
  });

  it('is refused for what is no picture, or is smaller than the convolutions', () => {
    expect(() => freshPolicyGradientModel(ppo(config), acrobot, new Random(1))).toThrow(ConvolutionInputError);
    const large = ppo({ ...config, convolutions: [{ filters: 3, kernelSize: 8, stride: 4 }] });
    expect(() => freshPolicyGradientModel(large, small, new Random(1))).toThrow(NetworkShapeError);
  });
});

describe('the gradient through what policy and critic share', () => {
  const model = freshPolicyGradientModel(a2c(config), small, new Random(2));
  const { network, parameters, layout } = learningNetwork(model);
  const random = new Random(4);
  const batch = 4;
  const observations = Float32Array.from({ length: batch * 40 }, () => random.between(0, 1));
  const column = (draw: () => number): Float32Array => Float32Array.from({ length: batch }, draw);
  const steps = {
    actions: column(() => random.integer(3)),
    logProbabilities: column(() => 0),
    values: column(() => 0),
    advantages: column(() => random.normal()),
    returns: column(() => random.normal()),
  };
  const [entropyCoefficient, valueCoefficient] = [0.1, 0.5];

  /** Mean of −log π(a|s)·A + c_v (V − R)² − c_H H, in double precision, by another implementation of the network. */
  function lossAt(at: Record<string, Float32Array>): number {
    let loss = 0;
    for (let row = 0; row < batch; row++) {
      const observation = [...observations.subarray(40 * row, 40 * (row + 1))];
      const outputs = referenceForward({ network, parameters: at, observation });
      const exponentials = outputs.slice(0, 3).map(Math.exp);
      const sum = exponentials.reduce((a, b) => a + b, 0);
      const logs = exponentials.map((e) => Math.log(e / sum));
      const entropy = -logs.reduce((a, log) => a + Math.exp(log) * log, 0);
      loss -= logs[steps.actions[row]!]! * steps.advantages[row]!;
      loss += valueCoefficient * (outputs[3]! - steps.returns[row]!) ** 2 - entropyCoefficient * entropy;
    }
    return loss / batch;
  }

  it('is that of finite differences, in every parameter of the trunk', () => {
    const instance = testBackend.instantiate(network, parameters, { maxBatch: batch, optimizer: ADAM });
    const outputGradient = new Float32Array(batch * layout.rowSize);
    actorCriticLoss({
      objective: { kind: 'a2c' },
      outputs: instance.forward(observations, batch, { tape: true }),
      layout,
      distribution: distributionOf(layout),
      steps,
      batch,
      entropyCoefficient,
      valueCoefficient,
      outputGradient,
    });
    instance.backward(outputGradient);
    const gradients = instance.gradients();
    const h = 2 ** -8;
    for (const name of ['conv_1/kernel', 'conv_1/bias', 'dense_1/kernel', 'dense_1/bias']) {
      const values = parameters[name]!;
      for (let i = 0; i < values.length; i++) {
        const moved = (by: number): number =>
          lossAt({ ...parameters, [name]: values.map((value, j) => (j === i ? value + by : value)) });
        const slope = (moved(h) - moved(-h)) / (2 * h);
        expect(Math.abs(gradients[name]![i]! - slope), `${name}[${i}]`).toBeLessThan(2e-4 * (1 + Math.abs(slope)));
      }
    }
    instance.dispose();
  });
});

const training = {
  kind: 'train',
  version: 1,
  seed: 1,
  backend: 'kernels',
  environment: breakout.id,
  seeds: {
    train: { first: 0, count: 10_000 },
    validation: { first: 10_000, count: 20 },
    test: { first: 20_000, count: 50 },
  },
  pruning: null,
  export: null,
} as const;
const network = {
  convolutions: [{ filters: 8, kernelSize: 3, stride: 1 }],
  hiddenUnits: [32],
  activation: 'relu',
} as const;
const ppoOnBreakout: TrainRecipeOf<'ppo'> = {
  ...training,
  algorithm: 'ppo',
  steps: 40_000,
  ppo: {
    ...PPO_DEFAULTS,
    ...network,
    environments: 8,
    nSteps: 128,
    batchSize: 256,
    epochs: 4,
    learningRate: 2e-3,
    entropyCoefficient: 0.01,
  },
};

/** The return of a policy that acts at random. */
function chance(): number {
  const world = breakout.createWorld();
  const random = new Random(9);
  const episodes = 200;
  let total = 0;
  for (let episode = 0; episode < episodes; episode++) {
    world.reset(new Random(episode));
    while (!world.terminated) total += world.step(random.integer(3));
  }
  return total / episodes;
}

const trained = (recipe: Parameters<typeof train>[0]['recipe'], checkpoint: Uint8Array | null = null) => {
  const checkpoints: Uint8Array[] = [];
  const saveCheckpoint = (_step: number, bytes: Uint8Array): void => void checkpoints.push(bytes);
  const input = { recipe, backend: testBackend, context: recordingContext(), checkpoint, saveCheckpoint };
  return train(input).then((made) => ({ ...made, checkpoints }));
};

describe('an agent trained on MinAtar Breakout', () => {
  it(
    'plays far better than chance; its channels can be pruned; and ONNX Runtime answers as it does',
    { timeout: 120_000 },
    async () => {
      const { model, test } = await trained(ppoOnBreakout);
      expect(test.summary.mean).toBeGreaterThan(3 * chance());

      const { pruned } = await pruneByHand(
        {
          dense: policyOnly(model),
          experience: playIn(breakout, training.seeds),
          granularity: granularities.get('channel'),
          backend: testBackend,
          random: new Random(3),
          context: recordingContext(),
        },
        {
          kind: 'manual',
          criterion: 'l1',
          amount: { kind: 'sparsity', sparsity: 0.5 },
          allocation: 'global',
          layers: {},
          multiple: 1,
          schedule: 'one-shot',
          steps: 1,
          recovery: { method: 'none', updates: 0 },
          rewind: 'nothing',
        },
      );
      expect(pruned.masks['conv_1/bias']!.filter((kept) => kept === 1)).toHaveLength(4);
      const small = compact(pruned);
      const [convolution] = small.description.network.trunk;
      expect(convolution?.kind === 'conv2d' && convolution.filters).toBeLessThanOrEqual(4);

      const count = 20;
      const random = new Random(6);
      const observations = Float32Array.from({ length: count * 400 }, () => random.integer(2));
      const session = await InferenceSession.create(writeOnnx(small, {}));
      const results = await session.run({ observation: new Tensor('float32', observations, [count, 10, 10, 4]) });
      const answers = results[session.outputNames[0]!]!.data as Float32Array;
      const masked: PolicyModel = { ...pruned, parameters: applyMasks(pruned.parameters, pruned.masks) };
      for (let row = 0; row < count; row++) {
        const observation = [...observations.subarray(400 * row, 400 * (row + 1))];
        const logits = referenceForward({
          network: masked.description.network,
          parameters: masked.parameters,
          observation,
        });
        for (const [i, logit] of logits.entries()) expect(answers[3 * row + i]).toBeCloseTo(logit, 3);
      }
    },
  );

  it.each([
    ['PPO, pruned on the way', { ...ppoOnBreakout, steps: 8192 }],
    [
      'A2C',
      { ...training, algorithm: 'a2c', steps: 4000, a2c: { ...A2C_DEFAULTS, ...network, environments: 8 } } as const,
    ],
  ] as const)('goes on from a checkpoint to the same bytes: %s', { timeout: 120_000 }, async (what, recipe) => {
    const pruning = {
      kind: 'gradual',
      granularity: 'channel',
      criterion: 'l1',
      sparsity: 0.5,
      allocation: 'global',
      schedule: 'polynomial',
      steps: 3,
      from: 0.2,
      to: 0.7,
    } as const;
    const pruned = what.startsWith('PPO') ? { ...recipe, pruning } : recipe;
    const whole = await trained(pruned);
    const resumed = await trained(pruned, whole.checkpoints[2]);
    expect(resumed.model).toEqual(whole.model);
    const [convolution] = whole.model.description.network.trunk;
    const filters = convolution?.kind === 'conv2d' ? convolution.filters : 0;
    expect(filters).toBeGreaterThan(0);
    expect(filters).toBeLessThanOrEqual(what.startsWith('PPO') ? 4 : 8);
  });
});

it('has published settings for every game', () => {
  const games = policyGradientTemplates.filter(({ environment }) => environment.startsWith('MinAtar/'));
  expect(games.map(({ environment }) => environment)).toHaveLength(5);
  for (const { config: settings, environment } of games) {
    const model = freshPolicyGradientModel(ppo(settings), environments.get(environment), new Random(1));
    expect(model.description.network.trunk).toHaveLength(3);
  }
});
