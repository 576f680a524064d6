import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centeredRanks, evolve, EVOLUTION } from '../../../../src-main/engine/pruning/recovery/evolve.ts';
import { recordingContext } from '../../../recording-context.ts';
import { expectClose } from '../../numerics/expect-close.ts';
import { aiming, linearPolicy } from './aiming.ts';
import { masksHold, meanReturn, recoveryInput } from './recovering.ts';

describe('centered ranks', () => {
  it('count the smaller and half of the equals', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 20 }), (fitness) => {
        const expected = fitness.map((value, i) => {
          const smaller = fitness.filter((other) => other < value).length;
          const equals = fitness.filter((other, j) => other === value && j !== i).length;
          return (smaller + equals / 2) / (fitness.length - 1) - 0.5;
        });
        expectClose(centeredRanks(Float64Array.from(fitness)), expected, 1e-12, 'ranks');
      }),
    );
  });

  it('of one, or of equals, are zero', () => {
    expect(Array.from(centeredRanks(Float64Array.of(7, 7, 7)))).toEqual([0, 0, 0]);
    expect(Math.abs(centeredRanks(Float64Array.of(7))[0]!)).toBeLessThanOrEqual(0.5);
  });
});

describe('on a toy problem with a known best policy', () => {
  const start = linearPolicy(1, 0);

  it('the return climbs, towards the best slope and offset, with the masks held', async () => {
    const masks = { 'policy/out/kernel': Uint8Array.of(1, 0), 'hidden/kernel': Uint8Array.of(1, 0) };
    const student = { ...linearPolicy(2, 0), masks };
    const session = evolve.start(recoveryInput({ student, environment: aiming }));
    const before = meanReturn(session.current(), aiming);
    await session.advance(60);
    const evolved = session.current();
    session.dispose();
    expect(masksHold(evolved)).toBe(true);
    expect(meanReturn(evolved, aiming)).toBeGreaterThan(before / 3);
    const { parameters } = evolved;
    const [gain] = parameters['policy/out/kernel']!;
    expect(parameters['hidden/kernel']![0]! * gain!).toBeCloseTo(1.5, 0);
    expect(parameters['hidden/bias']![0]! * gain! + parameters['policy/out/bias']![0]!).toBeCloseTo(-0.3, 0);
  });

  it('masks set on the way keep what was learnt elsewhere, and hold', async () => {
    const session = evolve.start(recoveryInput({ student: start, environment: aiming }));
    await session.advance(5);
    const learnt = session.current();
    const masks = { 'policy/out/kernel': Uint8Array.of(0, 1) };
    session.setMasks(masks);
    const cut = session.current();
    expect(cut.parameters).toEqual({
      ...learnt.parameters,
      'policy/out/kernel': Float32Array.of(0, learnt.parameters['policy/out/kernel']![1]!),
    });
    await session.advance(5);
    expect(masksHold(session.current())).toBe(true);
    expect(session.current().parameters).not.toEqual(cut.parameters);
    session.dispose();
  });

  it('is the same twice, reports every generation, and ends early when asked to', async () => {
    const run = async (breaths: number): Promise<{ stopped: boolean; parameters: unknown; generations: number[] }> => {
      const context = recordingContext(breaths);
      const session = evolve.start(recoveryInput({ student: start, environment: aiming, context }));
      const stopped = await session.advance(3);
      const { parameters } = session.current();
      session.dispose();
      return { stopped, parameters, generations: context.metricsSeen.map(({ step }) => step) };
    };
    const once = await run(Infinity);
    expect(once).toMatchObject({ stopped: false, generations: [1, 2, 3] });
    expect(await run(Infinity)).toEqual(once);
    expect(await run(EVOLUTION.pairs / EVOLUTION.pairsAtOnce + 1)).toMatchObject({ stopped: true, generations: [1] });
  });
});
