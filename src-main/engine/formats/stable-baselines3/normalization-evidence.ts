// Whether an agent was trained on normalised observations, as far as its file tells.
import type { Algorithm } from '../../../contract/model.ts';
import type { Fields } from './data.ts';

/**
 * PPO and A2C keep an original of their last observation only under VecNormalize. True then means that observations
 * were normalised unless VecNormalize was used for rewards alone, which only its own file tells. DQN keeps the
 * original always, and an agent that never acted has none: null.
 */
export function wasNormalized({ data, algorithm }: { data: Fields; algorithm: Algorithm }): boolean | null {
  const { _last_obs: last, _last_original_obs: original } = data;
  if (algorithm === 'dqn' || last === null || last === undefined || original === undefined) return null;
  return original !== null;
}
