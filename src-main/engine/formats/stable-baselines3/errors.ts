// Why a Stable-Baselines3 file is not read.
import { SecateurError } from '../../../contract/secateur-error.ts';

/** A zip of something else. */
export class NotAnAgentError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(`"${file}" is not an agent of Stable-Baselines3: ${problem}`, 'Choose the .zip that model.save() wrote.');
  }
}

/** An agent whose algorithm, policy or spaces Secateur does not handle. */
export class UnsupportedModelError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(file: string, what: string) {
    super(
      `"${file}" is not supported: ${what}`,
      'Supported are DQN, PPO, A2C and TRPO with MLP or NatureCNN policies, one vector or image as observation, ' +
        'and discrete or Gaussian actions.',
    );
  }
}

/** Weights that contradict each other or the description beside them. */
export class InconsistentAgentError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(file: string, problem: string) {
    super(
      `"${file}" contradicts itself: ${problem}`,
      'The file is damaged or was put together by hand; save it again.',
    );
  }
}
