// Which algorithm made an agent: the keys of its weights tell most, the names of its settings the rest.
import type { Algorithm } from '../../../contract/model.ts';
import { fieldsOf, type Fields } from './data.ts';
import { UnsupportedModelError } from './errors.ts';
import type { StateDict } from './state-dict.ts';

/** First key that fits → what it belongs to. */
const UNSUPPORTED: readonly (readonly [prefix: string, what: string])[] = [
  ['quantile_net.', 'the algorithm QR-DQN'],
  ['lstm_', 'the recurrent policy of RecurrentPPO'],
  ['actor.latent_pi.', 'the algorithm SAC (or TQC, CrossQ)'],
  ['actor.mu.', 'the algorithm TD3 (or DDPG)'],
  ['q_net.features_extractor.extractors.', 'a MultiInputPolicy'],
  ['features_extractor.extractors.', 'a MultiInputPolicy'],
];

export interface AlgorithmInfo {
  readonly algorithm: Algorithm;
  /** As it calls itself: "TRPO" is read as PPO, whose networks it has. */
  readonly label: string;
  readonly notes: readonly string[];
}

/** @throws UnsupportedModelError */
export function identifyAlgorithm(options: { data: Fields; weights: StateDict; file: string }): AlgorithmInfo {
  const { data, weights, file } = options;
  const unsupported = UNSUPPORTED.find(([prefix]) => weights.has(prefix));
  if (unsupported !== undefined) throw new UnsupportedModelError(file, unsupported[1]);
  const module = fieldsOf(data.policy_class).__module__;
  if (typeof module === 'string' && module.includes('maskable')) {
    throw new UnsupportedModelError(file, 'the action masks of MaskablePPO');
  }
  if (weights.has('q_net.q_net.')) return { algorithm: 'dqn', label: 'DQN', notes: [] };
  if (weights.has('action_net.') && weights.has('value_net.')) {
    if ('cg_max_steps' in data) {
      const note = 'Trained with TRPO; its networks are those of PPO, so it is treated as PPO.';
      return { algorithm: 'ppo', label: 'TRPO', notes: [note] };
    }
    if ('clip_range' in data) return { algorithm: 'ppo', label: 'PPO', notes: [] };
    return { algorithm: 'a2c', label: 'A2C', notes: [] };
  }
  const [key = 'nothing'] = weights.keys;
  throw new UnsupportedModelError(file, `a policy whose weights begin with "${key}"`);
}
