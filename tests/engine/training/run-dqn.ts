// A DQN run with everything that a test may want to vary.
import type { DqnConfig } from '../../../src-main/contract/dqn.ts';
import { DqnAgent } from '../../../src-main/engine/agents/dqn/agent.ts';
import { DQN_DEFAULTS } from '../../../src-main/engine/agents/dqn/config.ts';
import { freshDqnModel } from '../../../src-main/engine/agents/dqn/network.ts';
import type { EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { TrainingLoop, type TrainingLoopOptions } from '../../../src-main/engine/training/training-loop.ts';
import { loadKernelBackend } from '../../../src-main/workers/load-kernels.ts';
import { chain } from './chain.ts';

export const backend = loadKernelBackend();

/** Learns the chain in a second. */
export const QUICK: DqnConfig = {
  ...DQN_DEFAULTS,
  hiddenUnits: [16, 16],
  learningRate: 3e-3,
  gamma: 0.9,
  bufferSize: 1000,
  gradientSteps: 2,
  targetUpdateInterval: 40,
  explorationFraction: 0.5,
};

export interface DqnRunOptions extends Pick<TrainingLoopOptions, 'observers' | 'masksAt' | 'masksByGradients'> {
  readonly config?: DqnConfig;
  readonly definition?: EnvironmentDefinition;
  readonly environments?: number;
  readonly totalSteps?: number;
  readonly seed?: number;
  /** Trained further instead of a fresh one. */
  readonly model?: PolicyModel;
}

export interface DqnRun {
  readonly agent: DqnAgent;
  readonly loop: TrainingLoop;
}

export function dqnRun({
  config = QUICK,
  definition = chain,
  environments = 1,
  totalSteps = 2000,
  seed = 1,
  model,
  ...hooks
}: DqnRunOptions = {}): DqnRun {
  const random = new Random(seed);
  const start = model ?? freshDqnModel(config, definition, random.fork());
  const agent = new DqnAgent({ config, model: start, environments, totalSteps, backend, random: random.fork() });
  const environment = new VectorEnvironment(definition, environments);
  const loop = new TrainingLoop({ agent, environment, totalSteps, seeds: { first: 100, count: 1000 }, ...hooks });
  return { agent, loop };
}

/** Advances to the end, or until `limit` atoms are done. */
export function finish(loop: TrainingLoop, limit = Infinity): void {
  for (let atoms = 0; atoms < limit && loop.advance(); atoms++);
}
