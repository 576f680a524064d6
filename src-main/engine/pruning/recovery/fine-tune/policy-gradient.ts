// A PPO or A2C agent that goes on from a pruned policy, beside a critic that gets to know it first.
import type { A2cConfig, PpoConfig } from '../../../../contract/policy-gradient.ts';
import { PolicyGradientAgent } from '../../../agents/policy-gradient/agent.ts';
import {
  A2C_DEFAULTS,
  PPO_DEFAULTS,
  rolloutSize,
  roundOf,
  type PolicyGradientSettings,
} from '../../../agents/policy-gradient/config.ts';
import { withFreshCritic } from '../../../agents/policy-gradient/network.ts';
import type { PolicyModel } from '../../../networks/model.ts';
import { policyOnly } from '../../../networks/select-head.ts';
import { parameterShapes } from '../../../networks/shapes.ts';
import type { RecoveryInput } from '../recovery.ts';
import type { Learner } from './learner.ts';

/** Rewards are normalised, so that a new critic finds its scale soon; observations are as the student takes them. */
const COMMON = { environments: 8, normalizeRewards: true, learningRateSchedule: 'linear' } as const;
const PPO: PpoConfig = { ...PPO_DEFAULTS, ...COMMON, nSteps: 128, epochs: 4, learningRate: 1e-3 };
const A2C: A2cConfig = { ...A2C_DEFAULTS, ...COMMON, nSteps: 16, gaeLambda: 0.95 };

function settingsOf(algorithm: 'ppo' | 'a2c', gamma: number | null): PolicyGradientSettings {
  const discount = gamma === null ? {} : { gamma };
  return algorithm === 'ppo'
    ? { algorithm, config: { ...PPO, ...discount } }
    : { algorithm, config: { ...A2C, ...discount } };
}

/** Environment steps from which the critic learns alone. */
const CRITIC_STEPS = 10_000;

const pick = <T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]!]));

/** Pruning leaves critics behind, since they do not act: the student gets a new one. */
export function startPolicyGradient(algorithm: 'ppo' | 'a2c', input: RecoveryInput): Learner {
  const { backend, random, updates, onGradients } = input;
  const student = policyOnly(input.student);
  const settings = settingsOf(algorithm, student.description.gamma);
  const size = rolloutSize(settings.config);
  const round = roundOf(settings);
  const preparation = Math.ceil(CRITIC_STEPS / size) * round.updates;
  const totalSteps = Math.ceil((preparation + updates) / round.updates) * size;
  const model = withFreshCritic(student, settings.config, random.fork());
  const agent = new PolicyGradientAgent({
    settings,
    model,
    totalSteps,
    backend,
    random,
    criticUpdates: preparation,
    ...(onGradients && { onGradients }),
  });
  const names = Object.keys(parameterShapes(student.description.network));
  const current = (): PolicyModel => {
    const { description, parameters, masks } = agent.model();
    return {
      description: { ...student.description, policy: description.policy },
      parameters: pick(parameters, names),
      masks: pick(masks, names),
    };
  };
  return { agent, environments: settings.config.environments, totalSteps, preparation, current };
}
