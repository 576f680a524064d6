// RL fine-tuning: the pruned agent goes on learning from its own returns, with the algorithm that trained it.
import { VectorEnvironment } from '../../../environments/vector-environment.ts';
import type { PolicyModel } from '../../../networks/model.ts';
import type { Masks } from '../../../networks/parameters.ts';
import { TrainingLoop } from '../../../training/training-loop.ts';
import { played } from '../../experience.ts';
import type { Recovery, RecoveryInput, RecoverySession } from '../recovery.ts';
import { startDqn } from './dqn.ts';
import type { Learner } from './learner.ts';
import { startPolicyGradient } from './policy-gradient.ts';

function startLearner(input: RecoveryInput): Learner {
  const { algorithm } = input.student.description;
  return algorithm === 'dqn' ? startDqn(input) : startPolicyGradient(algorithm, input);
}

export class FineTuningSession implements RecoverySession {
  readonly #input: RecoveryInput;
  readonly #learner: Learner;
  readonly #loop: TrainingLoop;
  readonly #environment: VectorEnvironment;
  #until: number;

  constructor(input: RecoveryInput, learner: Learner) {
    const { context } = input;
    const { environment, seeds } = played(input.experience, 'fine-tuning', ['distill']);
    this.#input = input;
    this.#learner = learner;
    const { agent, environments, totalSteps, preparation } = this.#learner;
    this.#until = preparation;
    this.#environment = new VectorEnvironment(environment, environments);
    this.#loop = new TrainingLoop({
      agent,
      environment: this.#environment,
      totalSteps,
      seeds: seeds.train,
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
    this.#learner.agent.setMasks(masks);
  }

  async advance(updates: number): Promise<boolean> {
    this.#until += updates;
    while (this.#loop.update < this.#until && this.#loop.advance()) {
      if (await this.#input.context.breathe()) return true;
    }
    return false;
  }

  current(): PolicyModel {
    return this.#learner.current();
  }

  dispose(): void {
    this.#learner.agent.dispose();
    this.#environment.dispose();
  }
}

export const fineTune: Recovery = {
  id: 'fine-tune',
  name: 'RL fine-tuning',
  explanation:
    'The pruned agent plays on and learns from its own returns with its own algorithm (DQN, PPO or A2C), while what is ' +
    'pruned stays pruned.',
  formula: 'DQN: y = r + γ · max Q_target(s′, ·); PPO, A2C: ∇ log π(a|s) · A; masks held',
  followsGradients: true,
  needsReturns: true,
  start: (input) => new FineTuningSession(input, startLearner(input)),
};
