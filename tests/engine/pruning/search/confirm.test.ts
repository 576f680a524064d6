// What was chosen as the best of many looks has to hold in episodes that nothing was chosen by.
import { expect, it } from 'vitest';
import type { PruningTrial } from '../../../../src-main/contract/prune-report.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { confirm } from '../../../../src-main/engine/pruning/search/prune-to-keep.ts';
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

function confirmed(holds: readonly PolicyModel[]): { model: PolicyModel; accepted: boolean[]; asked: PolicyModel[] } {
  const asked: PolicyModel[] = [];
  const validation = {
    quickShare: () => 1,
    judge: () => ({ meanReturn: 0, keptShare: 1, certainShare: 1 }),
    confirms: (model: PolicyModel, keep: number) => {
      expect(keep).toBe(0.95);
      asked.push(model);
      return holds.includes(model);
    },
  };
  const recovery = recoveryInput({ student: from, context: recordingContext() });
  const { model, trials: told } = confirm({ validation, recovery }, { held, trials }, { from, keep: 0.95 });
  return { model, accepted: told.map(({ accepted }) => accepted), asked };
}

it('the last that holds is taken, and nothing before it is asked for', () => {
  expect(confirmed([models[2]!, models[0]!])).toEqual({
    model: models[2],
    accepted: [true, false, true, true],
    asked: [models[2]],
  });
});

it('what does not hold is no longer said to, and the search goes back rung by rung', () => {
  const { model, accepted, asked } = confirmed([models[0]!]);
  expect(model).toBe(models[0]);
  expect(accepted).toEqual([true, false, false, false]);
  expect(asked).toEqual(models.toReversed());
});

it('where none holds, what the descent began from is left', () => {
  const { model, accepted } = confirmed([]);
  expect(model).toBe(from);
  expect(accepted).not.toContain(true);
});
