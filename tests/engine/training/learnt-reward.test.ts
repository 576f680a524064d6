import { expect, it } from 'vitest';
import type { Agent } from '../../../src-main/engine/agents/agent.ts';
import type { EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { TrainingLoop } from '../../../src-main/engine/training/training-loop.ts';
import { chain } from './chain.ts';

/** Pays 400, −3, 0 in turns, for three steps an episode. */
const paying: EnvironmentDefinition = {
  ...chain,
  maxEpisodeSteps: 3,
  createWorld: () => {
    let time = 0;
    return {
      terminated: false,
      reset: () => void (time = 0),
      step: () => [400, -3, 0][time++]!,
      observe: () => undefined,
      saveState: () => [time],
      loadState: () => undefined,
      scene: () => {
        throw new Error('not drawn here');
      },
    };
  },
};

/** What an agent is told and what is reported of the same steps. */
function played(environment: EnvironmentDefinition): { learnt: number[]; returns: number[] } {
  const learnt: number[] = [];
  const returns: number[] = [];
  const agent = {
    updatesDue: 0,
    act: () => [0, 1],
    observe: ({ rewards }: { rewards: Float32Array }) => learnt.push(...rewards),
  } as unknown as Agent;
  const loop = new TrainingLoop({
    agent,
    environment: new VectorEnvironment(environment, 2),
    totalSteps: 6,
    seeds: { first: 0, count: 100 },
    observers: [
      {
        onEpisode: ({ episodeReturn }) => {
          returns.push(episodeReturn);
          return undefined;
        },
      },
    ],
  });
  while (loop.advance());
  return { learnt, returns };
}

it('learns from what is customary, and reports what counts', () => {
  expect(played(paying)).toEqual({ learnt: [400, 400, -3, -3, 0, 0], returns: [397, 397] });
  const clipped = played({ ...paying, learntReward: Math.sign });
  expect(clipped).toEqual({ learnt: [1, 1, -1, -1, 0, 0], returns: [397, 397] });
});
