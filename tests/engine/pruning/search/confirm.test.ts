// What was chosen as the best of many looks has to hold in episodes that nothing was chosen by.
import { expect, it } from 'vitest';
import type { PruningTrial } from '../../../../src-main/contract/prune-report.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { confirm } from '../../../../src-main/engine/pruning/search/confirm.ts';
import { recordingContext } from '../../../recording-context.ts';
import { linearPolicy } from '../recovery/aiming.ts';
import { recoveryInput } from '../recovery/recovering.ts';

const from = linearPolicy(1.5, -0.3);
const models = [1.4, 1.3, 1.2].map((slope) => linearPolicy(slope, -0.3));
const trialOf = (sparsity: number, accepted: boolean): PruningTrial => ({
  granularity: 'weight',
  sparsity,
  weights: 1,
  hiddenUnits: 1,
  recovery: 'distillation',
  meanReturn: 0,
  keptShare: 1,
  accepted,
});
/** Of the three rungs, the second took two attempts. */
const trials = [trialOf(0.5, true), trialOf(0.8, false), trialOf(0.8, true), trialOf(0.9, true)];
const held = models.map((model, i) => ({ model, trial: trials[[0, 2, 3][i]!]! }));

interface Confirmed {
  readonly model: PolicyModel;
  readonly trials: readonly PruningTrial[];
  /** What had to be confirmed, in order. */
  readonly asked: readonly PolicyModel[];
  /** What each of them was the best of. */
  readonly candidates: readonly (readonly PolicyModel[])[];
}

/**
 * @param holds where each rung came from: whether it is confirmed
 * @param chosen the candidate that keeps most
 */
async function confirmed(holds: readonly PolicyModel[], chosen: 'first' | 'last' = 'first'): Promise<Confirmed> {
  const asked: PolicyModel[] = [];
  const candidates: PolicyModel[][] = [];
  const validation = {
    quickShare: () => 1,
    judge: () => ({ meanReturn: -0.25, keptShare: 0.97, certainShare: 1 }),
    score: (model: PolicyModel) => {
      if (models.includes(model)) candidates.push([]);
      const place = candidates.at(-1)!.push(model);
      return chosen === 'first' ? -place : place;
    },
    confirms: (model: PolicyModel, keep: number) => {
      expect(keep).toBe(0.95);
      asked.push(model);
      return holds.includes(candidates.at(-1)![0]!);
    },
  };
  const recovery = recoveryInput({ student: from, context: recordingContext() });
  const outcome = await confirm({ validation, recovery }, { held, trials }, { from, keep: 0.95 });
  return { ...outcome, asked, candidates };
}

const accepted = (told: readonly PruningTrial[]): boolean[] => told.map((trial) => trial.accepted);

it('the last that holds is taken, and nothing before it is asked for', async () => {
  const { model, trials: told, asked } = await confirmed([models[2]!, models[0]!]);
  expect(model).toBe(models[2]);
  expect(told).toEqual(trials);
  expect(asked).toEqual([models[2]]);
});

it('what does not hold is no longer said to, and the search goes back rung by rung', async () => {
  const { model, trials: told, asked } = await confirmed([models[0]!]);
  expect(model).toBe(models[0]);
  expect(accepted(told)).toEqual([true, false, false, false]);
  expect(asked).toEqual(models.toReversed());
});

it('where none holds, what the descent began from is left', async () => {
  const { model, trials: told } = await confirmed([]);
  expect(model).toBe(from);
  expect(accepted(told)).not.toContain(true);
});

it('what learnt on and keeps more is taken instead, with a trial of its own', async () => {
  const { model, trials: told, asked, candidates } = await confirmed([models[1]!], 'last');
  expect(candidates.map(([first]) => first)).toEqual([models[2], models[1]]);
  expect(model).toBe(candidates[1]!.at(-1));
  expect(asked.at(-1)).toBe(model);
  expect(new Set(candidates[1]!.map(({ parameters }) => String(parameters['hidden/kernel']))).size).toBe(7);
  expect(accepted(told)).toEqual([true, false, true, false, true]);
  expect(told.at(-1)).toEqual({
    ...trials[2],
    recovery: 'distillation, polished',
    meanReturn: -0.25,
    keptShare: 0.97,
  });
});
