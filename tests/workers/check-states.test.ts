import { expect, it } from 'vitest';
import { environments } from '../../src-main/engine/environments/registry.ts';
import { dqnTemplates } from '../../src-main/engine/agents/dqn/config.ts';
import { freshDqnModel } from '../../src-main/engine/agents/dqn/network.ts';
import { Random } from '../../src-main/engine/random/random.ts';
import { checkStates } from '../../src-main/workers/export-checks/states.ts';
import { testBackend } from '../test-backend.ts';

const { config, environment } = dqnTemplates.get('minatar-breakout-v1');
const model = freshDqnModel(config, environments.get(environment), new Random(1));

function valuesOf(scale: number, of: string | null): number[] {
  const { network } = model.description;
  const scaled = { ...model.description, network: { ...network, input: { ...network.input, scale } } };
  const options = { count: 20, backend: testBackend, random: new Random(1), environment: of };
  return [...new Set(checkStates({ model: { ...model, description: scaled }, ...options }))].sort((a, b) => a - b);
}

it('are pixels for a network that scales them down, and cells that are lit or not for one that does not', () => {
  expect(valuesOf(1 / 255, null)).toHaveLength(256);
  expect(valuesOf(1, null)).toEqual([0, 1]);
  expect(valuesOf(1, environment)).toEqual([0, 1]);
});
