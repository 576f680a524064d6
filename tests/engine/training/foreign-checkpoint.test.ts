// A checkpoint of one run is no beginning for another: whatever differs, the error says so, and is no crash.
import { describe, expect, it } from 'vitest';
import type { TrainRecipe, TrainRecipeOf } from '../../../src-main/contract/recipe.ts';
import { SecateurError } from '../../../src-main/contract/secateur-error.ts';
import { DQN_DEFAULTS } from '../../../src-main/engine/agents/dqn/config.ts';
import { A2C_DEFAULTS, PPO_DEFAULTS } from '../../../src-main/engine/agents/policy-gradient/config.ts';
import { train } from '../../../src-main/engine/training/train.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';

const training = {
  kind: 'train',
  version: 1,
  seed: 2,
  backend: 'kernels',
  environment: 'CartPole-v1',
  steps: 400,
  seeds: {
    train: { first: 0, count: 1000 },
    validation: { first: 10_000, count: 2 },
    test: { first: 20_000, count: 2 },
  },
  pruning: null,
  export: null,
} as const;
const small = { hiddenUnits: [8], environments: 4, nSteps: 8 } as const;
const dqn: TrainRecipeOf<'dqn'> = {
  ...training,
  algorithm: 'dqn',
  dqn: { ...DQN_DEFAULTS, hiddenUnits: [8], bufferSize: 500 },
};
const ppo: TrainRecipeOf<'ppo'> = { ...training, algorithm: 'ppo', ppo: { ...PPO_DEFAULTS, ...small, batchSize: 16 } };
const a2c: TrainRecipeOf<'a2c'> = { ...training, algorithm: 'a2c', a2c: { ...A2C_DEFAULTS, ...small } };
async function checkpointOf(recipe: TrainRecipe): Promise<Uint8Array> {
  const checkpoints: Uint8Array[] = [];
  const saveCheckpoint = (_step: number, bytes: Uint8Array): void => void checkpoints.push(bytes);
  await train({ recipe, backend: testBackend, context: recordingContext(), checkpoint: null, saveCheckpoint });
  return checkpoints[3]!;
}

const resume = (recipe: TrainRecipe, checkpoint: Uint8Array): Promise<unknown> =>
  train({ recipe, backend: testBackend, context: recordingContext(), checkpoint, saveCheckpoint: () => undefined });

describe('a checkpoint', () => {
  it.each<[string, TrainRecipe, TrainRecipe]>([
    ['of another environment with the same spaces', ppo, { ...ppo, environment: 'CartPole-v1?sticky=0.25' }],
    ['of another environment, DQN', dqn, { ...dqn, environment: 'Acrobot-v1' }],
    ['of another environment, PPO', ppo, { ...ppo, environment: 'Acrobot-v1' }],
    ['of a smaller network', ppo, { ...ppo, ppo: { ...ppo.ppo, hiddenUnits: [16] } }],
    ['of a deeper network', { ...dqn, dqn: { ...dqn.dqn, hiddenUnits: [8, 8] } }, dqn],
    ['of more environments', a2c, { ...a2c, a2c: { ...a2c.a2c, environments: 2 } }],
    ['of PPO for A2C', ppo, a2c],
    ['of A2C for PPO', a2c, ppo],
    ['of DQN for PPO', dqn, ppo],
    ['of PPO for DQN', ppo, dqn],
    ['of another optimizer', ppo, { ...ppo, ppo: { ...ppo.ppo, optimizer: { kind: 'sgd', momentum: 0.9 } } }],
    [
      'of evenly drawn transitions for prioritised ones',
      dqn,
      { ...dqn, dqn: { ...dqn.dqn, prioritizedReplay: { alpha: 0.6, beta: 0.4, epsilon: 1e-6 } } },
    ],
    [
      'of observations as they are for normalised ones',
      dqn,
      { ...dqn, dqn: { ...dqn.dqn, normalizeObservations: true } },
    ],
  ])('%s is refused', async (_what, of, into) => {
    const checkpoint = await checkpointOf(of);
    const error: unknown = await resume(into, checkpoint).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SecateurError);
    expect((error as SecateurError).kind).toBe('bad-input');
  });

  it('of the same recipe is taken', async () => {
    await expect(resume(ppo, await checkpointOf(ppo))).resolves.toBeDefined();
  });
});
