// DQN updates: sample, target, loss, gradients, Adam.
import { z } from 'zod';
import type { DqnAgent } from '../../../src-main/engine/agents/dqn/agent.ts';
import { createLearner, LEARNING_RATE } from './learner.ts';
import type { LearningTask } from './networks.ts';
import { checkUpdates } from './parity.ts';
import { contestant, type Contestant } from './rounds.ts';
import type { Comparison, Work, WorkContext } from './work.ts';

export const updating = (name: string, agent: DqnAgent): Contestant =>
  contestant(name, (iterations) => {
    for (let i = 0; i < iterations; i++) agent.update();
  });

/** @returns the fastest variants, for the report. */
export async function preparePeerUpdate({ peer, trialSeconds }: WorkContext, task: LearningTask): Promise<string> {
  const request = { ...task, learningRate: LEARNING_RATE, trialSeconds };
  const chosen = await peer.ask(z.record(z.string(), z.string()), 'prepare_update', request);
  const variants = Object.entries(chosen).map(([threads, variant]) => `${variant} on ${threads}`);
  return `PyTorch's fastest by number of threads: ${variants.join(', ')}`;
}

/** @param options.densities share of each kernel's weights that lives, by contestant; the first is checked. */
export function updateWork(
  name: string,
  task: LearningTask,
  { densities, comparisons }: { densities: Readonly<Record<string, number>>; comparisons: readonly Comparison[] },
): Work {
  return {
    name,
    comparisons,
    prepare: async (context) => {
      const { backend, peer } = context;
      const agents = Object.entries(densities).map(([contestantName, density]) => ({
        contestantName,
        agent: createLearner(backend, task, { density }),
      }));
      const notes = [await checkUpdates(peer, agents[0]!.agent, task), await preparePeerUpdate(context, task)];
      return {
        contestants: [
          ...agents.map(({ contestantName, agent }) => updating(contestantName, agent)),
          peer.contestant({ inference: false }),
        ],
        notes,
        dispose: () => {
          for (const { agent } of agents) agent.dispose();
        },
      };
    },
  };
}
