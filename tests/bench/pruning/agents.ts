// The agents that pruning is measured on: trained by others, and nobody here has tuned anything for them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readModelFile } from '../../../src-main/engine/formats/registry.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';

export const fromRoot = (relative: string): string => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

export interface Agent {
  readonly id: string;
  readonly environment: string;
  readonly file: string;
  /** Null when it sees its observations as they are. */
  readonly normalizer: string | null;
}

const fixture = (name: string): string => fromRoot(`tests/fixtures/agents/${name}`);

export const AGENTS: readonly Agent[] = [
  {
    id: 'dqn-CartPole-v1',
    environment: 'CartPole-v1',
    file: fromRoot('resources/sample/dqn-CartPole-v1.zip'),
    normalizer: null,
  },
  {
    id: 'dqn-MountainCar-v0',
    environment: 'MountainCar-v0',
    file: fixture('dqn-MountainCar-v0.zip'),
    normalizer: null,
  },
  {
    id: 'a2c-Acrobot-v1',
    environment: 'Acrobot-v1',
    file: fixture('a2c-Acrobot-v1.zip'),
    normalizer: fixture('a2c-Acrobot-v1.vecnormalize.pkl'),
  },
  {
    id: 'ppo-LunarLander-v2',
    environment: 'LunarLander-v3',
    file: fixture('ppo-LunarLander-v2.zip'),
    normalizer: null,
  },
];

export function readAgent({ file, normalizer }: Agent): PolicyModel {
  const read = (name: string): { name: string; bytes: Uint8Array } => ({
    name,
    bytes: new Uint8Array(readFileSync(name)),
  });
  return readModelFile({ ...read(file), ...(normalizer !== null && { normalizer: read(normalizer) }) }).model;
}
