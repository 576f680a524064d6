import { expect, it } from 'vitest';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { RecyclingAlgorithmError, redo } from '../../../../src-main/engine/pruning/recovery/redo.ts';
import { chain } from '../../training/chain.ts';
import { dqnRun, finish } from '../../training/run-dqn.ts';
import { linearPolicy } from './aiming.ts';
import { masksHold, meanReturn, prunedByMagnitude, recoveryInput } from './recovering.ts';

/** A policy that has learnt the chain, of whose second hidden layer all but one unit have been silenced; it walks the wrong way. */
function silenced(): PolicyModel {
  const { agent, loop } = dqnRun();
  finish(loop);
  const { parameters, ...rest } = agent.model();
  agent.dispose();
  const kernel = parameters['dense_2/kernel']!.map((w, i) => (i % 16 === 0 ? w : -Math.abs(w)));
  const bias = parameters['dense_2/bias']!.map((b, unit) => (unit === 0 ? b : -10));
  const [left, right] = parameters['q/bias']!;
  const misled = Float32Array.of(left! + 0.5, right!);
  return {
    ...rest,
    parameters: { ...parameters, 'dense_2/kernel': kernel, 'dense_2/bias': bias, 'q/bias': misled },
  };
}

it('units that pruning has silenced take part again, and what is pruned stays pruned', async () => {
  const student = prunedByMagnitude(silenced(), 0.5);
  const session = redo.start(recoveryInput({ student, environment: chain, updates: 2000 }));
  await session.advance(2000);
  const healed = session.current();
  session.dispose();
  expect(masksHold(healed)).toBe(true);
  // A unit at −10 that never fires has no gradient and stays there; recycled, it begins within ±1/√16.
  const dormant = (model: PolicyModel): number =>
    model.parameters['dense_2/bias']!.reduce((count, b) => count + Number(b < -9), 0);
  expect(dormant(student)).toBe(15);
  expect(dormant(healed)).toBe(0);
  expect(meanReturn(student, chain)).toBe(0);
  expect(meanReturn(healed, chain)).toBeGreaterThan(0.9);
});

it('a policy that was not trained by DQN is refused', () => {
  expect(() => redo.start(recoveryInput({ student: linearPolicy(1, 0) }))).toThrow(RecyclingAlgorithmError);
});
