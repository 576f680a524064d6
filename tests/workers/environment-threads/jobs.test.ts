// Threads from the outside: whole training jobs in real workers.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TrainRecipeOf } from '../../../src-main/contract/recipe.ts';
import { PPO_DEFAULTS } from '../../../src-main/engine/agents/policy-gradient/config.ts';
import { childProcessJobHost } from '../../../src-main/hosts/child-process-job-host.ts';
import { JobAbortedError } from '../../../src-main/services/job-errors.ts';
import type { JobEvent } from '../../../src-main/services/job-host.ts';
import type { JobResult } from '../../../src-main/contract/job.ts';
import { trainRecipe } from '../../contract/recipes.ts';

const jobHost = childProcessJobHost(fileURLToPath(new URL('../../../src-main/workers/job.ts', import.meta.url)));

function ppo(environmentThreads: number, environment = 'LunarLander-v3'): TrainRecipeOf<'ppo'> {
  const { kind, version, seed, pruning, export: destination } = trainRecipe();
  return {
    ...{ kind, version, seed, pruning, export: destination, environment, environmentThreads },
    backend: 'kernels',
    seeds: {
      train: { first: 0, count: 1000 },
      validation: { first: 10_000, count: 5 },
      test: { first: 20_000, count: 5 },
    },
    algorithm: 'ppo',
    steps: 2500,
    ppo: { ...PPO_DEFAULTS, hiddenUnits: [16], environments: 5, nSteps: 50, batchSize: 50, epochs: 2 },
  };
}

async function train(
  recipe: TrainRecipeOf<'ppo'>,
  checkpoint: Uint8Array | null = null,
): Promise<{ readonly result: JobResult; readonly checkpoints: Uint8Array[] }> {
  const checkpoints: Uint8Array[] = [];
  const hear = (event: JobEvent): void => {
    if (event.type === 'checkpoint') checkpoints.push(event.bytes);
  };
  const result = await jobHost.start({ kind: 'train', recipe, checkpoint }, hear).result;
  return { result, checkpoints };
}

describe('a training job', () => {
  it(
    'makes the same bytes in any number of threads, also from a checkpoint of another number',
    { timeout: 120_000 },
    async () => {
      const one = await train(ppo(1));
      const three = await train(ppo(3));
      expect(three.result).toEqual(one.result);
      expect(three.checkpoints.length).toBeGreaterThan(5);
      expect(three.checkpoints).toEqual(one.checkpoints);
      const resumed = await train(ppo(2), three.checkpoints[4]);
      expect(resumed.result).toEqual(one.result);
    },
  );

  it('that is cancelled leaves no thread behind: its process is gone', { timeout: 60_000 }, async () => {
    const running = jobHost.start(
      { kind: 'train', recipe: { ...ppo(2), steps: 10_000_000 }, checkpoint: null },
      (event) => {
        if (event.type === 'progress' && event.progress.done > 500) running.abort();
      },
    );
    await expect(running.result).rejects.toThrow(JobAbortedError);
  });

  it('in an environment that nobody knows fails as ever', async () => {
    await expect(train(ppo(2, 'Nowhere-v0'))).rejects.toMatchObject({ name: 'UnknownNameError' });
  });
});
