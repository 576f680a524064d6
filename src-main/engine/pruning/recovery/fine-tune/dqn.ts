// A DQN agent that goes on from a pruned Q-network.
import type { DqnConfig } from '../../../../contract/dqn.ts';
import { DqnAgent } from '../../../agents/dqn/agent.ts';
import { DQN_DEFAULTS } from '../../../agents/dqn/config.ts';
import type { RecoveryInput } from '../recovery.ts';
import type { Learner } from './learner.ts';

/** Gentler than training from scratch: little exploration, a small step, a target that moves slowly. */
const FINE_TUNING: DqnConfig = {
  ...DQN_DEFAULTS,
  learningRate: 5e-4,
  batchSize: 64,
  bufferSize: 50_000,
  learningStarts: 1000,
  targetUpdateInterval: 500,
  trainFrequency: 4,
  gradientSteps: 4,
  explorationInitial: 0.1,
  explorationFraction: 0.5,
  explorationFinal: 0.02,
};

/** @param changes to the settings that fine-tuning has otherwise */
export function startDqn(input: RecoveryInput, changes: Partial<DqnConfig> = {}): Learner {
  const { student, backend, random, updates, onGradients } = input;
  const config = { ...FINE_TUNING, gamma: student.description.gamma ?? FINE_TUNING.gamma, ...changes };
  const rounds = Math.ceil(updates / config.gradientSteps);
  const totalSteps = config.learningStarts + (rounds + 1) * config.trainFrequency;
  const agent = new DqnAgent({
    config,
    model: student,
    environments: 1,
    totalSteps,
    backend,
    random,
    ...(onGradients && { onGradients }),
  });
  return { agent, environments: 1, totalSteps, preparation: 0, current: () => agent.model() };
}
