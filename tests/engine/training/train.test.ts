import { describe, expect, it } from 'vitest';
import type { GradualPruning, SparseTraining, TrainRecipe, TrainRecipeOf } from '../../../src-main/contract/recipe.ts';
import { DQN_DEFAULTS } from '../../../src-main/engine/agents/dqn/config.ts';
import {
  A2C_DEFAULTS,
  PPO_DEFAULTS,
  RunTooShortError,
} from '../../../src-main/engine/agents/policy-gradient/config.ts';
import { ContinuousActionsError } from '../../../src-main/engine/agents/dqn/network.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import { instantiateModel } from '../../../src-main/engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import { SeedOverlapError } from '../../../src-main/engine/evaluation/seeds.ts';
import { writeModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import { CriterionInTrainingError } from '../../../src-main/engine/pruning/check-training-pruning.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';
import { train, TrainingDivergedError, type TrainedModel } from '../../../src-main/engine/training/train.ts';
import { recordingContext, type RecordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';

const training = {
  kind: 'train',
  version: 1,
  seed: 2,
  backend: 'kernels',
  environment: 'CartPole-v1',
  seeds: {
    train: { first: 0, count: 10_000 },
    validation: { first: 10_000, count: 20 },
    test: { first: 20_000, count: 20 },
  },
  pruning: null,
  export: null,
} as const;
const recipe: TrainRecipeOf<'dqn'> = {
  ...training,
  algorithm: 'dqn',
  steps: 6000,
  dqn: {
    ...DQN_DEFAULTS,
    hiddenUnits: [32, 32],
    learningRate: 2e-3,
    batchSize: 64,
    learningStarts: 500,
    targetUpdateInterval: 100,
    trainFrequency: 4,
    gradientSteps: 4,
    explorationFraction: 0.3,
  },
};
const pruning: GradualPruning = {
  kind: 'gradual',
  granularity: 'weight',
  criterion: 'l1',
  sparsity: 0.8,
  allocation: 'global',
  schedule: 'polynomial',
  steps: 10,
  from: 0.2,
  to: 0.7,
};

function inputOf(of: TrainRecipe, context: RecordingContext): Parameters<typeof train>[0] {
  return { recipe: of, backend: testBackend, context, checkpoint: null, saveCheckpoint: () => undefined };
}

async function run(
  change: Partial<TrainRecipeOf<'dqn'>> = {},
  breaths?: number,
): Promise<TrainedModel & RecordingContext> {
  const context = recordingContext(breaths);
  return { ...context, ...(await train(inputOf({ ...recipe, ...change }, context))) };
}

const seconds = 30_000;

describe('a few thousand steps of CartPole', () => {
  it(
    'are learnt from, reported on, and the same twice',
    async () => {
      const once = await run();
      expect(once.stopped).toBe(false);
      expect(once.validation.summary.mean, 'an untrained policy returns about 10').toBeGreaterThan(60);

      const instance = instantiateModel(testBackend, once.model);
      const played = runEpisodes({
        environment: cartPole,
        policy: modelPolicy(instance, once.model.description),
        seeds: Array.from({ length: 20 }, (_, i) => 20_000 + i),
      });
      instance.dispose();
      expect(once.test.returns).toEqual([...played.returns]);

      const curve = once.metricsSeen.filter(({ name }) => name === 'validation return');
      expect(curve.length).toBeGreaterThan(10);
      expect(curve.every(({ step }, i) => step > (curve[i - 1]?.step ?? 0))).toBe(true);
      expect(once.validation.summary.mean, 'the model is the best of the curve').toBeCloseTo(
        Math.max(...curve.map(({ value }) => value)),
        9,
      );
      expect(new Set(once.metricsSeen.map(({ name }) => name))).toContain('loss');
      expect(once.progressSeen.find(({ unit }) => unit === 'steps')).toMatchObject({ total: 6000 });

      const twice = await run();
      expect(twice.model).toEqual(once.model);
      expect(twice.metricsSeen).toEqual(once.metricsSeen);
    },
    seconds,
  );

  it(
    'end sparse when pruned on the way, with the sparsity of the recipe whatever point of the curve was best',
    async () => {
      const { model } = await run({ pruning });
      const { weights, nonzeroWeights } = countNetwork(model.description.network, model.parameters, model.masks);
      const dense = 4 * 32 + 32 * 32 + 32 * 2;
      expect(weights).toBeLessThanOrEqual(dense);
      expect(nonzeroWeights).toBeGreaterThan(0);
      // Surgery may take units, and what was left of them, besides.
      expect(nonzeroWeights).toBeLessThanOrEqual(dense - Math.floor(0.8 * dense));
    },
    seconds,
  );

  it(
    'and healed in the end by the strongest policy of the run, return at least as much with the same weights gone',
    async () => {
      const plain = await run({ pruning });
      const healing = { ...pruning, recovery: 'distill' } as const;
      const healed = await run({ pruning: healing });
      const mean = ({ validation }: TrainedModel): number => validation.summary.mean;
      expect(mean(healed)).toBeGreaterThan(mean(plain));
      const weightsOf = ({ model }: TrainedModel): number =>
        countNetwork(model.description.network, model.parameters, model.masks).nonzeroWeights;
      expect(weightsOf(healed)).toBeLessThanOrEqual(weightsOf(plain));
      // What it learnt before is the same, point for point.
      const curveOf = ({ metricsSeen }: RecordingContext): unknown =>
        metricsSeen.filter(({ name }) => name === 'validation return');
      expect(curveOf(healed)).toEqual(curveOf(plain));

      const { stopped, model } = await run({ pruning: healing }, 800);
      expect(stopped).toBe(true);
      expect(model).toEqual((await run({ pruning }, 800)).model);
    },
    seconds,
  );

  it('a person who stops gets a policy, measured', async () => {
    const { stopped, validation, model } = await run({}, 800);
    expect(stopped).toBe(true);
    expect(validation.returns).toHaveLength(20);
    expect(countNetwork(model.description.network, model.parameters).nonzeroWeights).toBeGreaterThan(0);
  });
});

const ppo: TrainRecipeOf<'ppo'> = {
  ...training,
  algorithm: 'ppo',
  steps: 20_000,
  ppo: {
    ...PPO_DEFAULTS,
    environments: 8,
    nSteps: 32,
    batchSize: 256,
    epochs: 10,
    gamma: 0.98,
    learningRate: 1e-3,
    normalizeObservations: true,
    normalizeRewards: true,
  },
};
const a2c: TrainRecipeOf<'a2c'> = {
  ...training,
  algorithm: 'a2c',
  steps: 40_000,
  a2c: { ...A2C_DEFAULTS, environments: 8, learningRate: 2e-3, normalizeAdvantages: true },
};
const pendulumPpo: TrainRecipeOf<'ppo'> = {
  ...ppo,
  environment: 'Pendulum-v1',
  steps: 60_000,
  ppo: { ...ppo.ppo, nSteps: 128, gamma: 0.9 },
};

const sparse: SparseTraining = {
  kind: 'sparse',
  granularity: 'weight',
  criterion: 'random',
  sparsity: 0.8,
  allocation: 'erk',
  topology: 'static',
  every: 100,
  drop: 0.3,
  until: 0.75,
};

describe('sparse from the first step on', () => {
  it.each<[string, TrainRecipe, number]>([
    ['DQN, static', { ...recipe, pruning: sparse }, 60],
    ['DQN, SET', { ...recipe, pruning: { ...sparse, topology: 'set' } }, 60],
    ['DQN, RigL', { ...recipe, pruning: { ...sparse, topology: 'rigl' } }, 60],
    ['DQN, SNIP', { ...recipe, pruning: { ...sparse, criterion: 'snip', allocation: 'global' } }, 60],
    ['DQN that recycles', { ...recipe, dqn: { ...recipe.dqn, redo: { threshold: 0.025, every: 500 } } }, 60],
    [
      'DQN that recycles, draws by priority and normalises, RigL',
      {
        ...recipe,
        dqn: {
          ...recipe.dqn,
          normalizeObservations: true,
          prioritizedReplay: { alpha: 0.6, beta: 0.4, epsilon: 1e-6 },
          redo: { threshold: 0.025, every: 500 },
        },
        pruning: { ...sparse, topology: 'rigl' },
      },
      60,
    ],
    ['PPO, RigL', { ...ppo, pruning: { ...sparse, topology: 'rigl' } }, 100],
    ['A2C, SET', { ...a2c, pruning: { ...sparse, topology: 'set' } }, 100],
    ['A2C, static, healed', { ...a2c, pruning: { ...sparse, recovery: 'distill' } }, 100],
  ])(
    '%s learns CartPole, where random play returns about 22, and is as sparse as was asked for',
    async (_what, of, enough) => {
      const context = recordingContext();
      const { model, test, validation } = await train(inputOf(of, context));
      expect(validation.summary.mean).toBeGreaterThan(enough);
      expect(test.summary.mean).toBeGreaterThan(enough);
      if (of.pruning === null) return;
      const { network } = model.description;
      const heads = network.heads.filter(({ name }) => name !== 'value');
      const { nonzeroWeights } = countNetwork({ ...network, heads }, model.parameters, model.masks);
      const hidden = of.algorithm === 'dqn' ? 32 : 64;
      const dense = 4 * hidden + hidden * hidden + hidden * 2;
      // Rounding leaves each layer a weight more at most; surgery may take units, and what was left of them, besides.
      expect(nonzeroWeights).toBeLessThanOrEqual(0.2 * dense + 3);
      const sparsities = context.metricsSeen.filter(({ name }) => name === 'sparsity');
      expect(sparsities.length).toBeGreaterThan(0);
      for (const { value } of sparsities) expect(Math.abs(value - 0.8)).toBeLessThan(3 / dense);
    },
    seconds,
  );

  it.each<[string, TrainRecipe]>([
    ['DQN, RigL', { ...recipe, steps: 2000, pruning: { ...sparse, topology: 'rigl' } }],
    ['PPO, SNIP', { ...ppo, steps: 6000, pruning: { ...sparse, criterion: 'snip' } }],
    ['PPO, healed', { ...ppo, steps: 6000, pruning: { ...sparse, recovery: 'distill' } }],
  ])(
    'is the same twice, and from any checkpoint: %s',
    async (_what, of) => {
      const checkpoints: Uint8Array[] = [];
      const saveCheckpoint = (_step: number, bytes: Uint8Array): void => void checkpoints.push(bytes);
      const whole = await train({ ...inputOf(of, recordingContext()), saveCheckpoint });
      const again = await train(inputOf(of, recordingContext()));
      expect(writeModel(again.model)).toEqual(writeModel(whole.model));
      for (const checkpoint of [checkpoints[0]!, checkpoints[11]!]) {
        const resumed = await train({ ...inputOf(of, recordingContext()), checkpoint });
        expect(writeModel(resumed.model)).toEqual(writeModel(whole.model));
        expect(resumed.test).toEqual(whole.test);
      }
    },
    seconds,
  );
});

describe('policy gradients', () => {
  it.each<[string, TrainRecipe, number]>([
    ['PPO learns CartPole, where an untrained policy returns about 10', ppo, 150],
    ['A2C learns CartPole', a2c, 100],
    ['PPO learns continuous actions: a random policy returns about −1200 on Pendulum', pendulumPpo, -700],
  ])(
    '%s',
    async (_what, of, enough) => {
      const context = recordingContext();
      const { model, validation, test } = await train(inputOf(of, context));
      expect(validation.summary.mean).toBeGreaterThan(enough);
      expect(test.summary.mean).toBeGreaterThan(enough);
      expect(model.description.algorithm).toBe(of.algorithm);
      const names = new Set(context.metricsSeen.map(({ name }) => name));
      for (const name of ['policyLoss', 'valueLoss', 'entropy', 'training return']) expect(names).toContain(name);
    },
    seconds,
  );

  it(
    'are pruned on the way: the policy to the sparsity of the recipe, and not the critic',
    async () => {
      const { model } = await train(inputOf({ ...ppo, pruning }, recordingContext()));
      const count = (head: string): { weights: number; nonzeroWeights: number } => {
        const { network } = model.description;
        const heads = network.heads.filter(({ name }) => name === head);
        return countNetwork({ ...network, heads }, model.parameters, model.masks);
      };
      const dense = 4 * 64 + 64 * 64;
      expect(count('policy').nonzeroWeights).toBeGreaterThan(0);
      expect(count('policy').nonzeroWeights).toBeLessThanOrEqual(dense + 128 - Math.floor(0.8 * (dense + 128)));
      expect(count('value').nonzeroWeights).toBe(dense + 64);
    },
    seconds,
  );

  it.each<[string, TrainRecipe]>([
    ['PPO, pruned', { ...ppo, steps: 6000, pruning }],
    ['continuous PPO', { ...pendulumPpo, steps: 6000 }],
    ['A2C', { ...a2c, steps: 6000 }],
  ])(
    'go on from any checkpoint to the same bytes: %s',
    async (_what, of) => {
      const checkpoints: Uint8Array[] = [];
      const whole = await train({
        ...inputOf(of, recordingContext()),
        saveCheckpoint: (_step, bytes) => void checkpoints.push(bytes),
      });
      for (const checkpoint of [checkpoints[1]!, checkpoints[12]!, checkpoints.at(-1)!]) {
        const resumed = await train({ ...inputOf(of, recordingContext()), checkpoint });
        expect(writeModel(resumed.model)).toEqual(writeModel(whole.model));
        expect(resumed.test).toEqual(whole.test);
      }
    },
    seconds,
  );
});

describe('refuses before anything is played', () => {
  it('a run that is shorter than a rollout', async () => {
    const context = recordingContext();
    await expect(train(inputOf({ ...ppo, steps: 255 }, context))).rejects.toThrow(RunTooShortError);
    expect(context.progressSeen).toEqual([]);
  });

  it.each([
    { what: 'an unknown environment', change: { environment: 'CartPole-v9' }, error: UnknownNameError },
    { what: 'continuous actions', change: { environment: 'Pendulum-v1' }, error: ContinuousActionsError },
    {
      what: 'overlapping seeds',
      change: { seeds: { ...recipe.seeds, test: { first: 10_019, count: 20 } } },
      error: SeedOverlapError,
    },
    {
      what: 'a criterion that needs a finished policy',
      change: { pruning: { ...pruning, criterion: 'wanda-lamp' } },
      error: CriterionInTrainingError,
    },
  ])('$what', async ({ change, error }) => {
    const context = recordingContext();
    const attempt = train(inputOf({ ...recipe, ...change }, context));
    await expect(attempt).rejects.toThrow(error);
    expect(context.progressSeen).toEqual([]);
  });
});

describe('a run that ended before its time', () => {
  it.each(['none', 'distill'] as const)(
    'goes on from any checkpoint to the same bytes, pruned on the way, recovery: %s',
    async (recovery) => {
      const short = { ...recipe, steps: 3000, pruning: { ...pruning, criterion: 'random', recovery } };
      const checkpoints: Uint8Array[] = [];
      const whole = await train({
        ...inputOf(short, recordingContext()),
        saveCheckpoint: (_step, bytes) => void checkpoints.push(bytes),
      });
      for (const checkpoint of [
        checkpoints[2]!,
        checkpoints[Math.floor(checkpoints.length / 2)]!,
        checkpoints.at(-1)!,
      ]) {
        const resumed = await train({ ...inputOf(short, recordingContext()), checkpoint });
        expect(writeModel(resumed.model)).toEqual(writeModel(whole.model));
        expect(resumed.test).toEqual(whole.test);
      }
    },
    seconds,
  );

  it('stops at a gradient that is no number, and says at which step, in which layer, and what is kept', async () => {
    const exploding = { ...recipe, dqn: { ...recipe.dqn, learningRate: 1e30, maxGradientNorm: null } };
    const error = await train(inputOf(exploding, recordingContext())).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TrainingDivergedError);
    expect((error as TrainingDivergedError).message).toMatch(
      /step \d+, update \d+: the gradient of ".+\/(kernel|bias)"/,
    );
    expect((error as TrainingDivergedError).hint).toMatch(/checkpoint/i);
  });
});
