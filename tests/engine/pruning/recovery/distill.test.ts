import { describe, expect, it } from 'vitest';
import { distill } from '../../../../src-main/engine/pruning/recovery/distill/distill.ts';
import { recordingContext } from '../../../recording-context.ts';
import { aiming, linearPolicy } from './aiming.ts';
import { cartPoleAgent, masksHold, meanReturn, prunedByMagnitude, recoveryInput } from './recovering.ts';

describe('a DQN agent that has lost 95 % of its weights', () => {
  const parent = cartPoleAgent();
  const student = prunedByMagnitude(parent, 0.95);

  it('returns far more after distillation, with the masks held', async () => {
    const context = recordingContext();
    const session = distill.start(recoveryInput({ parent, student, updates: 500, context }));
    expect(await session.advance(250)).toBe(false);
    expect(await session.advance(250)).toBe(false);
    const healed = session.current();
    session.dispose();
    expect(masksHold(healed)).toBe(true);
    expect(healed.masks).toEqual(student.masks);
    expect(meanReturn(parent)).toBe(500);
    expect(meanReturn(student)).toBeLessThan(100);
    expect(meanReturn(healed)).toBeGreaterThan(300);

    const losses = context.metricsSeen.filter(({ name }) => name === 'distillation loss');
    expect(losses.map(({ step }) => step)).toEqual([250, 500]);
    expect(losses[1]!.value).toBeLessThan(losses[0]!.value);
  });

  it('is the same twice, and ends early when asked to', async () => {
    const run = async (breaths: number): Promise<unknown> => {
      const session = distill.start(recoveryInput({ parent, student, context: recordingContext(breaths) }));
      const stopped = await session.advance(20);
      const { parameters } = session.current();
      session.dispose();
      return { stopped, parameters };
    };
    const once = await run(Infinity);
    expect(once).toMatchObject({ stopped: false });
    expect(await run(Infinity)).toEqual(once);
    expect(await run(3)).toMatchObject({ stopped: true });
  });
});

it('masks that are set on the way take effect at once and hold from then on', async () => {
  const parent = cartPoleAgent();
  const { masks } = prunedByMagnitude(parent, 0.9);
  const session = distill.start(recoveryInput({ student: parent, updates: 20 }));
  await session.advance(5);
  session.setMasks(masks);
  expect(masksHold(session.current())).toBe(true);
  await session.advance(5);
  const after = session.current();
  session.dispose();
  expect(after.masks).toEqual(masks);
  expect(masksHold(after)).toBe(true);
});

it('continuous actions are learnt as the parent would carry them out: clipped to their bounds', async () => {
  // Beyond the bounds of ±2 nothing is to be learnt: −9 teaches what −2 teaches.
  const parent = linearPolicy(0, -9);
  const session = distill.start(
    recoveryInput({ parent, student: linearPolicy(1, 0), environment: aiming, updates: 1500 }),
  );
  await session.advance(1500);
  const { parameters } = session.current();
  session.dispose();
  const answer = (x: number): number => {
    const hidden = [0, 1].map((u) => x * parameters['hidden/kernel']![u]! + parameters['hidden/bias']![u]!);
    return hidden.reduce((y, h, u) => y + h * parameters['policy/out/kernel']![u]!, parameters['policy/out/bias']![0]!);
  };
  for (const x of [-1, 0, 1]) expect(Math.abs(answer(x) + 2)).toBeLessThan(0.1);
});
