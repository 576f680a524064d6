// What is watched is what is measured: the same episode as an evaluation plays, with all that there was to see.
import { describe, expect, it } from 'vitest';
import { recordedEpisodeSchema, type RecordedEpisode } from '../../../src-main/contract/episode.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import type { Action, EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { instantiateModel } from '../../../src-main/engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { recordEpisode } from '../../../src-main/engine/evaluation/record-episode.ts';
import { runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { testBackend } from '../../test-backend.ts';
import { sampleModel } from '../networks/sample-models.ts';

function modelFor({ observationSpace, actionSpace }: EnvironmentDefinition): PolicyModel {
  const actions = actionSpace.kind === 'discrete' ? actionSpace.n : actionSpace.shape[0]!;
  const { description, ...model } = sampleModel({ inputs: observationSpace.shape[0]!, hidden: [8], actions });
  if (actionSpace.kind === 'discrete') return { ...model, description: { ...description, actionSpace } };
  const policy = { kind: 'mean', head: 'q', logStd: [0] } as const;
  return { ...model, description: { ...description, algorithm: 'ppo', policy, actionSpace } };
}

const asAction = (action: RecordedEpisode['actions'][number]): Action =>
  typeof action === 'number' ? action : Float32Array.from(action);

describe.each(environments.all.filter(({ observationSpace }) => observationSpace.shape.length === 1))(
  '$id',
  (environment) => {
    const model = modelFor(environment);
    const episode = recordEpisode({ model, environment, seed: 11, backend: testBackend, mostSteps: 10_000 });

    it('returns what an evaluation of the seed returns, in as many steps', () => {
      const instance = instantiateModel(testBackend, model);
      const policy = modelPolicy(instance, model.description);
      const { returns, lengths } = runEpisodes({ environment, policy, seeds: [10, 11] });
      instance.dispose();
      expect(episode.rewards.reduce((sum, reward) => sum + reward, 0)).toBeCloseTo(returns[1]!, 3);
      expect(episode.actions).toHaveLength(lengths[1]!);
      expect(episode.end).toBe(lengths[1] === environment.maxEpisodeSteps ? 'truncated' : 'terminated');
    });

    it('shows what the world shows when the same is done in it', () => {
      const world = new VectorEnvironment(environment, 1);
      world.reset(0, 11);
      const sceneAt = (frame: readonly number[]) => ({
        bounds: episode.bounds,
        shapes: frame.map((index) => episode.shapes[index]),
      });
      expect(sceneAt(episode.frames[0]!)).toEqual(world.scene(0));
      episode.actions.forEach((action, t) => {
        world.step([asAction(action)]);
        expect(world.rewards[0]).toBe(episode.rewards[t]);
        expect(sceneAt(episode.frames[t + 1]!)).toEqual(world.scene(0));
      });
      expect(episode.frames).toHaveLength(episode.actions.length + 1);
    });

    it('says why: the action follows from what the policy said', () => {
      const { actionSpace } = environment;
      episode.actions.forEach((action, t) => {
        const said = episode.outputs[t]!;
        if (actionSpace.kind === 'discrete') expect(action).toBe(said.indexOf(Math.max(...said)));
        else
          (action as readonly number[]).forEach((component, i) => {
            const clipped = Math.min(actionSpace.high[i]!, Math.max(actionSpace.low[i]!, said[i]!));
            expect(component).toBeCloseTo(clipped, 6);
          });
      });
    });

    it('fits the contract, and what stands still is in it once', () => {
      expect(recordedEpisodeSchema.safeParse(episode).success).toBe(true);
      const texts = episode.shapes.map((shape) => JSON.stringify(shape));
      expect(new Set(texts).size).toBe(texts.length);
    });
  },
);

it('a recording ends when it is long enough, and says that the episode does not', () => {
  const environment = environments.get('MountainCar-v0');
  const model = modelFor(environment);
  const { end, actions } = recordEpisode({ model, environment, seed: 0, backend: testBackend, mostSteps: 20 });
  expect(end).toBe('cut');
  expect(actions).toHaveLength(20);
});
