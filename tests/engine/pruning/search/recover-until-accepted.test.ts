import { describe, expect, it } from 'vitest';
import type { Recovery } from '../../../../src-main/engine/pruning/recovery/recovery.ts';
import {
  recoverUntilAccepted,
  type Recovered,
  type RecoveryBudget,
} from '../../../../src-main/engine/pruning/search/recover-until-accepted.ts';
import { trainingSeeds } from '../../../../src-main/engine/pruning/training-seeds.ts';
import { Validation } from '../../../../src-main/engine/pruning/search/validation.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../../recording-context.ts';
import { testBackend } from '../../../test-backend.ts';
import { aiming, linearPolicy } from '../recovery/aiming.ts';
import { recoveryInput } from '../recovery/recovering.ts';

const dense = linearPolicy(1.5, -0.3);
const validation = new Validation({
  dense,
  environment: aiming,
  seeds: { first: 300, count: 40 },
  nextTrainingSeed: trainingSeeds({ first: 7000, count: 1000 }),
  backend: testBackend,
  random: new Random(1),
});

/** A recovery whose student is, after look n, off target by the n-th number; it remembers how it was used. */
function scripted(misses: readonly number[]): { recovery: Recovery; advanced: number[]; disposed: () => boolean } {
  const advanced: number[] = [];
  let disposed = false;
  const recovery: Recovery = {
    id: 'scripted',
    name: '',
    explanation: '',
    followsGradients: false,
    needsReturns: false,
    formula: '',
    start: ({ context }) => ({
      setMasks: () => undefined,
      advance: async (updates) => {
        advanced.push(updates);
        return context.breathe();
      },
      current: () => linearPolicy(1.5, -0.3 + misses[advanced.length - 1]!),
      dispose: () => (disposed = true),
    }),
  };
  return { recovery, advanced, disposed: () => disposed };
}

async function run(
  misses: readonly number[],
  {
    keep = 0.9,
    breaths = Infinity,
    givenUp,
  }: { keep?: number; breaths?: number } & Pick<RecoveryBudget, 'givenUp'> = {},
): Promise<Recovered & { looks: number; disposed: boolean; offset: number }> {
  const { recovery, advanced, disposed } = scripted(misses);
  const recovered = await recoverUntilAccepted({
    start: recoveryInput({ student: linearPolicy(0, 2), environment: aiming, context: recordingContext(breaths) }),
    budget: { recovery, updatesPerLook: 7, looks: misses.length, ...(givenUp && { givenUp }) },
    validation,
    keep,
    stage: 'testing',
  });
  expect(new Set(advanced)).toEqual(new Set([7]));
  const offset = recovered.model.parameters['policy/out/bias']![0]! + 0.3;
  return { ...recovered, looks: advanced.length, disposed: disposed(), offset };
}

describe('looks at validation', () => {
  it('end at once when the student is as good as the dense policy', async () => {
    const result = await run([2, 0, 2]);
    expect(result).toMatchObject({ accepted: true, stopped: false, looks: 2, disposed: true });
    expect(result.offset).toBeCloseTo(0, 6);
    expect(result.verdict!.keptShare).toBeCloseTo(1, 6);
  });

  it('keep the best accepted look, not the last', async () => {
    const result = await run([0.15, 0.11, 0.13, 2, 2, 2, 2, 2], { keep: 0.85 });
    expect(result.accepted).toBe(true);
    expect(result.offset).toBeCloseTo(0.11, 6);
    expect(result.looks).toBeLessThan(8);
    expect(result.verdict!.certainShare).toBeGreaterThanOrEqual(0.85);
  });

  it('without an accepted one return the best of the quick looks', async () => {
    const result = await run([2, 1, 1.5]);
    expect(result).toMatchObject({ accepted: false, stopped: false, verdict: null, looks: 3, disposed: true });
    expect(result.offset).toBeCloseTo(1, 6);
  });

  it('end early where the first of them are hopeless, and not where one of them was half-way', async () => {
    const givenUp = { looks: 2, below: 0.5 };
    // A miss of 1.5 is worse than random play; one of 0.4 keeps two thirds of the way from there.
    expect(await run([1.5, 1.5, 0, 0], { givenUp })).toMatchObject({ accepted: false, looks: 2, disposed: true });
    expect(await run([0.4, 1.5, 0, 0], { givenUp })).toMatchObject({ accepted: true, looks: 3 });
    expect(await run([1.5, 1.5, 0, 0])).toMatchObject({ accepted: true, looks: 3 });
  });

  it('an accepted share is a certain one', async () => {
    for (const keep of [0.8, 0.9, 0.95, 0.99]) {
      const { accepted, verdict } = await run([0.1, 0.3, 0.6], { keep });
      expect(accepted).toBe(verdict !== null && verdict.certainShare >= keep);
    }
  });
});

it('a person who stops gets what is there', async () => {
  const result = await run([2, 1, 0], { breaths: 3 });
  expect(result).toMatchObject({ stopped: true, accepted: false, disposed: true });
  expect(result.looks).toBeLessThan(3);
});
