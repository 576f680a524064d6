// Our side of a DQN update: the agent itself, with a full replay buffer of noise.
import { DqnAgent } from '../../../src-main/engine/agents/dqn/agent.ts';
import { DQN_DEFAULTS } from '../../../src-main/engine/agents/dqn/config.ts';
import { initializeParameters } from '../../../src-main/engine/networks/initialize.ts';
import { placeNetwork } from '../../../src-main/engine/networks/shapes.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import type { Backend } from '../../../src-main/engine/numerics/backend.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { drawMasks, drawObservations, type LearningTask } from './networks.ts';

export const LEARNING_RATE = 2.5e-4;
const TERMINATED = 0.1; // share of the transitions

/** An untrained model of which a share of each kernel's weights lives. */
export function drawModel(
  { network, actions }: Pick<LearningTask, 'network' | 'actions'>,
  density: number,
): PolicyModel {
  const parameters = initializeParameters(network, new Random(3));
  return {
    description: {
      algorithm: 'dqn',
      network,
      policy: { kind: 'greedy', head: 'q' },
      actionSpace: { kind: 'discrete', n: actions },
      gamma: DQN_DEFAULTS.gamma,
    },
    parameters,
    masks: density === 1 ? {} : drawMasks(parameters, density),
  };
}

/** @param options.density share of each kernel's weights that lives. */
export function createLearner(backend: Backend, task: LearningTask, { density = 1 } = {}): DqnAgent {
  const agent = new DqnAgent({
    config: {
      ...DQN_DEFAULTS,
      learningRate: LEARNING_RATE,
      maxGradientNorm: null,
      batchSize: task.batch,
      bufferSize: task.replaySize,
      learningStarts: Number.MAX_SAFE_INTEGER, // so that updates are due when the benchmark says
      explorationFinal: 1,
    },
    model: drawModel(task, density),
    environments: 1,
    totalSteps: 1,
    backend,
    random: new Random(4),
  });
  const random = new Random(6);
  const { inputSize } = placeNetwork(task.network);
  const observe = (): Float32Array => drawObservations(task.content, inputSize, random);
  for (let step = 0; step < task.replaySize; step++) {
    agent.act(observe());
    agent.observe({
      rewards: Float32Array.of(random.normal()),
      terminated: Uint8Array.of(Number(random.uniform() < TERMINATED)),
      truncated: Uint8Array.of(0),
      observations: observe(),
    });
  }
  return agent;
}
