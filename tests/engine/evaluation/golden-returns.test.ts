// Agents that others trained return here what they return in Gymnasium with PyTorch.
import { describe, expect, it } from 'vitest';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { readModelFile } from '../../../src-main/engine/formats/registry.ts';
import { instantiateModel } from '../../../src-main/engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import { testBackend } from '../../test-backend.ts';
import { thirdPartyAgent, thirdPartyGolden } from '../formats/fixtures.ts';

const EPISODES = 100;
/** Standard errors of the difference: one false alarm in 16 000, and the seeds are fixed. */
const SIGMAS = 4;

describe('the dense return of a third-party agent', () => {
  const AGENTS = ['dqn-CartPole-v1', 'dqn-MountainCar-v0', 'a2c-Acrobot-v1', 'ppo-LunarLander-v2'];

  it.each(AGENTS)('%s agrees with its published one', (agent) => {
    const { env, dense, norm } = thirdPartyGolden[agent]!;
    const { model } = readModelFile({
      ...thirdPartyAgent(`${agent}.zip`),
      ...(norm && { normalizer: thirdPartyAgent(`${agent}.vecnormalize.pkl`) }),
    });
    const instance = instantiateModel(testBackend, model);
    const { returns } = runEpisodes({
      environment: environments.get(env),
      policy: modelPolicy(instance, model.description),
      seeds: Array.from({ length: EPISODES }, (_, i) => 2_000_000 + i),
    });
    instance.dispose();
    const mean = returns.reduce((sum, value) => sum + value, 0) / EPISODES;
    const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (EPISODES - 1);
    const error = Math.sqrt(variance / EPISODES + dense.std ** 2 / dense.n);
    expect(Math.abs(mean - dense.mean)).toBeLessThanOrEqual(SIGMAS * error);
  });
});
