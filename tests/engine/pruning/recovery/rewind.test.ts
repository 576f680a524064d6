import { describe, expect, it } from 'vitest';
import type { Rewind } from '../../../../src-main/contract/recipe.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import type { Recovery } from '../../../../src-main/engine/pruning/recovery/recovery.ts';
import {
  checkRewinds,
  NothingToRewindError,
  startSession,
} from '../../../../src-main/engine/pruning/recovery/rewind.ts';
import { aiming, linearPolicy } from './aiming.ts';
import { recoveryInput } from './recovering.ts';

const dense = linearPolicy(1, 0);
const EVENTS = [0, 30, 60].map((update) => ({ update, sparsity: update / 100 }));
const masks = { 'policy/out/kernel': Uint8Array.of(1, 0) };

/** Adds a tenth to the offset per update, and remembers how it was begun and used. */
function drifting(): { recovery: Recovery; log: string[] } {
  const log: string[] = [];
  const offsetOf = (model: PolicyModel): number => Math.round(10 * model.parameters['policy/out/bias']![0]!);
  const recovery: Recovery = {
    id: 'drifting',
    name: '',
    explanation: '',
    formula: '',
    followsGradients: false,
    needsReturns: false,
    start: ({ student, updates }) => {
      let offset = offsetOf(student);
      log.push(`start at ${offset} for ${updates}`);
      return {
        setMasks: () => log.push(`cut at ${offset}`),
        advance: (count) => {
          offset += count;
          return Promise.resolve(false);
        },
        current: () => linearPolicy(1, offset / 10),
        dispose: () => log.push(`end at ${offset}`),
      };
    },
  };
  return { recovery, log };
}

async function run(rewind: Rewind, events = EVENTS): Promise<string[]> {
  const { recovery, log } = drifting();
  const input = recoveryInput({ student: dense, environment: aiming, updates: 100 });
  const session = startSession(recovery, input, { rewind, events });
  let done = 0;
  const trainUntil = async (update: number): Promise<void> => {
    if (update > done) await session.advance(update - done);
    done = update;
  };
  for (const { update } of events) {
    await trainUntil(update);
    session.setMasks(masks);
  }
  await trainUntil(100);
  session.dispose();
  return log;
}

describe('after every cut', () => {
  it('training goes on where nothing is rewound', async () => {
    expect(await run('nothing')).toEqual(['start at 0 for 100', 'cut at 0', 'cut at 30', 'cut at 60', 'end at 100']);
  });

  it('the learning rate begins again, stretched until the next cut, from the weights as they are', async () => {
    expect(await run('learning-rate')).toEqual([
      ...['start at 0 for 30', 'cut at 0', 'end at 30'],
      ...['start at 30 for 30', 'cut at 30', 'end at 60'],
      ...['start at 60 for 40', 'cut at 60', 'end at 100'],
    ]);
  });

  it('the weights go back to the first, too', async () => {
    expect(await run('weights')).toEqual([
      ...['start at 0 for 30', 'cut at 0', 'end at 30'],
      ...['start at 0 for 30', 'cut at 0', 'end at 30'],
      ...['start at 0 for 40', 'cut at 0', 'end at 40'],
    ]);
  });

  it('training before the first cut is one more stretch; cuts at once are one', async () => {
    const events = [20, 20, 60].map((update) => ({ update, sparsity: 0.5 }));
    expect(await run('weights', events)).toEqual([
      ...['start at 0 for 20', 'end at 20'],
      ...['start at 0 for 40', 'cut at 0', 'cut at 0', 'end at 40'],
      ...['start at 0 for 40', 'cut at 0', 'end at 40'],
    ]);
  });
});

it.each([
  ['one-shot', 'distill'],
  ['iterative', 'none'],
])('the schedule %s with the recovery %s has nothing to rewind', (schedule, recovery) => {
  const check = (rewind: Rewind) => () => {
    checkRewinds(rewind, { schedule, recovery, granularity: { ranks: 'weights' } });
  };
  expect(check('weights')).toThrow(NothingToRewindError);
  expect(check('learning-rate')).toThrow(/learning-rate/);
  expect(check('nothing')).not.toThrow();
});
