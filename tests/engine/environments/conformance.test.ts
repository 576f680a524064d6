// The worlds of classic control against trajectories recorded from Gymnasium.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import type { Action } from '../../../src-main/engine/environments/environment.ts';

const trajectorySchema = z.object({
  seed: z.int(),
  state: z.array(z.number()),
  obs0: z.array(z.number()),
  actions: z.array(z.union([z.int(), z.array(z.number())])),
  obs: z.array(z.array(z.number())),
  rewards: z.array(z.number()),
  terminated: z.array(z.boolean()),
});
const fixture = z
  .object({ gymnasium: z.string(), trajectories: z.record(z.string(), z.array(trajectorySchema)) })
  .parse(
    JSON.parse(readFileSync(new URL('../../fixtures/conformance/gymnasium-classic.json', import.meta.url), 'utf8')),
  );

/** Float32 rounding of the recorded observation, with room for what sin and cos differ by between mathematics libraries. */
function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(value)));
  }
}

describe.each(Object.entries(fixture.trajectories))('%s', (id, trajectories) => {
  const definition = environments.get(id);

  it.each(trajectories)('follows Gymnasium from the start of seed $seed', (trajectory) => {
    const world = definition.createWorld();
    const observation = new Float32Array(definition.observationSpace.shape[0]!);
    world.loadState(trajectory.state);
    world.observe(observation, 0);
    expectClose(observation, trajectory.obs0);
    for (const [t, recorded] of trajectory.actions.entries()) {
      const action: Action = typeof recorded === 'number' ? recorded : Float32Array.from(recorded);
      expect(world.terminated).toBe(false);
      const reward = world.step(action);
      world.observe(observation, 0);
      expectClose(observation, trajectory.obs[t]!);
      expectClose([reward], [trajectory.rewards[t]!]);
      expect(world.terminated).toBe(trajectory.terminated[t]);
    }
  });
});
