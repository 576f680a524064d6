// A policy that was pruned while it learnt, taught by the strongest of its run.
import { expect, it } from 'vitest';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { healTrained } from '../../../src-main/engine/pruning/heal-trained.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';
import { aiming, linearPolicy } from './recovery/aiming.ts';
import { cartPoleAgent, masksHold, meanReturn, prunedByMagnitude } from './recovery/recovering.ts';

const seeds = { train: { first: 0, count: 1000 }, validation: { first: 1000, count: 10 } };
const input = { seeds, backend: testBackend };

it('acts as the best teacher does, with the masks held, and says what that changed', async () => {
  const teacher = cartPoleAgent();
  const pruned = prunedByMagnitude(teacher, 0.98);
  expect(meanReturn(teacher)).toBe(500);
  expect(meanReturn(pruned)).toBeLessThan(200);
  const heal = async (): Promise<{ healed: PolicyModel; log: string }> => {
    const context = recordingContext();
    const healed = await healTrained({
      ...input,
      pruned,
      teachers: [pruned, teacher],
      environment: cartPole,
      random: new Random(3),
      context,
    });
    return { healed, log: context.logSeen.join('\n') };
  };
  const { healed, log } = await heal();
  expect(meanReturn(healed)).toBeGreaterThan(480);
  expect(healed.masks).toEqual(pruned.masks);
  expect(masksHold(healed)).toBe(true);
  expect(log).toMatch(
    /^distilled from a policy of the run that returns 500\.0 on validation episodes: mean return on 30 training episodes [\d.]+ → 500\.0$/,
  );
  expect((await heal()).healed).toEqual(healed);
});

it('a policy that its teacher would spoil stays as it is', async () => {
  const pruned = linearPolicy(1.5, -0.3);
  const teacher = linearPolicy(0.5, 0.5);
  const context = recordingContext();
  const healed = await healTrained({
    ...input,
    pruned,
    teachers: [teacher],
    environment: aiming,
    random: new Random(3),
    context,
  });
  expect(healed.parameters).toEqual(pruned.parameters);
});
