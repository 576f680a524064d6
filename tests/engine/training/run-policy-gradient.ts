// A short training run of PPO or A2C, on the chain unless said otherwise.
import type { A2cConfig, PpoConfig } from '../../../src-main/contract/policy-gradient.ts';
import { PolicyGradientAgent } from '../../../src-main/engine/agents/policy-gradient/agent.ts';
import {
  A2C_DEFAULTS,
  PPO_DEFAULTS,
  type PolicyGradientSettings,
} from '../../../src-main/engine/agents/policy-gradient/config.ts';
import { freshPolicyGradientModel } from '../../../src-main/engine/agents/policy-gradient/network.ts';
import type { EnvironmentDefinition } from '../../../src-main/engine/environments/environment.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { TrainingLoop, type TrainingLoopOptions } from '../../../src-main/engine/training/training-loop.ts';
import { testBackend } from '../../test-backend.ts';
import { chain } from './chain.ts';

const SMALL = { hiddenUnits: [16, 16], environments: 4, gamma: 0.9 } as const;
/** Both learn the chain in a second. */
export const QUICK_PPO: PpoConfig = {
  ...PPO_DEFAULTS,
  ...SMALL,
  nSteps: 32,
  batchSize: 48, // does not divide the 128 steps of a rollout
  epochs: 6,
  learningRate: 3e-3,
  learningRateSchedule: 'linear',
};
export const QUICK_A2C: A2cConfig = { ...A2C_DEFAULTS, ...SMALL, nSteps: 8, learningRate: 3e-3 };

export const ppo = (changes: Partial<PpoConfig> = {}): PolicyGradientSettings => ({
  algorithm: 'ppo',
  config: { ...QUICK_PPO, ...changes },
});
export const a2c = (changes: Partial<A2cConfig> = {}): PolicyGradientSettings => ({
  algorithm: 'a2c',
  config: { ...QUICK_A2C, ...changes },
});

export interface PolicyGradientRunOptions extends Pick<
  TrainingLoopOptions,
  'observers' | 'masksAt' | 'masksByGradients'
> {
  readonly settings?: PolicyGradientSettings;
  readonly definition?: EnvironmentDefinition;
  readonly totalSteps?: number;
  readonly seed?: number;
  /** Trained further instead of a fresh one. */
  readonly model?: PolicyModel;
}

export interface PolicyGradientRun {
  readonly agent: PolicyGradientAgent;
  readonly loop: TrainingLoop;
}

export function policyGradientRun({
  settings = ppo(),
  definition = chain,
  totalSteps = 6000,
  seed = 1,
  model,
  ...hooks
}: PolicyGradientRunOptions = {}): PolicyGradientRun {
  const random = new Random(seed);
  const start = model ?? freshPolicyGradientModel(settings, definition, random.fork());
  const options = { settings, model: start, totalSteps, backend: testBackend, random: random.fork() };
  const agent = new PolicyGradientAgent(options);
  const environment = new VectorEnvironment(definition, settings.config.environments);
  const loop = new TrainingLoop({ agent, environment, totalSteps, seeds: { first: 100, count: 1000 }, ...hooks });
  return { agent, loop };
}
