// RL fine-tuning in which units that pruning has silenced start anew (Sokar et al. 2023).
import type { ModelDescription } from '../../../contract/model.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { startDqn } from './fine-tune/dqn.ts';
import { FineTuningSession } from './fine-tune/fine-tune.ts';
import type { Recovery } from './recovery.ts';

/** Dormant units are recycled where they were described, in networks of Q-values. */
export class RecyclingAlgorithmError extends SecateurError {
  readonly kind = 'unsupported';

  constructor({ algorithm }: ModelDescription) {
    super(
      `the recovery "redo" recycles units of DQN, and this policy was trained with ${algorithm.toUpperCase()}`,
      'Use fine-tune, distill or evolve.',
    );
  }
}

/** The threshold of Sokar et al. 2023; recovery is shorter than training and recycles the more often. */
const SETTINGS = { threshold: 0.025, every: 500 };

export const redo: Recovery = {
  id: 'redo',
  name: 'Fine-tuning with recycling',
  explanation:
    'RL fine-tuning (DQN only), and units that have fallen silent beside the others of their layer start anew: what ' +
    'pruning left of them gets another chance.',
  formula: 'E|h_u| / mean_v E|h_v| ≤ 0.025: W_in,u ← initial, W_out,u ← 0',
  followsGradients: true,
  needsReturns: true,
  check: (description) => {
    if (description.algorithm !== 'dqn') throw new RecyclingAlgorithmError(description);
  },
  start: (input) => {
    redo.check?.(input.student.description);
    return new FineTuningSession(input, startDqn(input, { redo: SETTINGS }));
  },
};
