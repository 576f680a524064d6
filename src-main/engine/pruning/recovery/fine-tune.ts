// RL fine-tuning: the pruned agent goes on learning from its own returns, with the algorithm that trained it.
import type { DqnConfig } from '../../../contract/dqn.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { DqnAgent } from '../../agents/dqn/agent.ts';
import { DQN_DEFAULTS } from '../../agents/dqn/config.ts';
import { VectorEnvironment } from '../../environments/vector-environment.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Masks } from '../../networks/parameters.ts';
import { TrainingLoop } from '../../training/training-loop.ts';
import type { Recovery, RecoveryInput, RecoverySession } from './recovery.ts';

/** Fine-tuning of an agent whose algorithm cannot be trained here. */
export class FineTuneUnsupportedError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(algorithm: string) {
    super(
      `RL fine-tuning is available for DQN agents, this one is ${algorithm}`,
      'Use the recovery distill or evolve.',
    );
  }
}

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

class FineTuningSession implements RecoverySession {
  readonly #input: RecoveryInput;
  readonly #agent: DqnAgent;
  readonly #loop: TrainingLoop;

  constructor(input: RecoveryInput) {
    const { student, environment, backend, random, context, updates, trainSeeds, onGradients } = input;
    const { algorithm, gamma } = student.description;
    if (algorithm !== 'dqn') throw new FineTuneUnsupportedError(algorithm);
    const config = { ...FINE_TUNING, gamma: gamma ?? FINE_TUNING.gamma };
    const rounds = Math.ceil(updates / config.gradientSteps);
    const totalSteps = config.learningStarts + (rounds + 1) * config.trainFrequency;
    this.#input = input;
    this.#agent = new DqnAgent({
      config,
      model: student,
      environments: 1,
      totalSteps,
      backend,
      random,
      ...(onGradients && { onGradients }),
    });
    this.#loop = new TrainingLoop({
      agent: this.#agent,
      environment: new VectorEnvironment(environment, 1),
      totalSteps,
      seeds: trainSeeds,
      observers: [
        {
          onEpisode: ({ episodeReturn }, { step }) => {
            context.metrics([{ name: 'training return', step, value: episodeReturn }]);
            return undefined;
          },
        },
      ],
    });
  }

  setMasks(masks: Masks): void {
    this.#agent.setMasks(masks);
  }

  async advance(updates: number): Promise<boolean> {
    const until = this.#loop.update + updates;
    while (this.#loop.update < until && this.#loop.advance()) {
      if (await this.#input.context.breathe()) return true;
    }
    return false;
  }

  current(): PolicyModel {
    return this.#agent.model();
  }

  dispose(): void {
    this.#agent.dispose();
  }
}

export const fineTune: Recovery = {
  id: 'fine-tune',
  name: 'RL fine-tuning',
  explanation: 'The pruned agent plays on and learns from its own returns, while what is pruned stays pruned.',
  formula: 'y = r + γ · max Q_target(s′, ·), masks held',
  followsGradients: true,
  start: (input) => new FineTuningSession(input),
};
