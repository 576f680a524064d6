// What goes with what, as the engine has it.
import { describe, expect, it } from 'vitest';
import { checkMultiple } from '../../../src-main/engine/pruning/allocation/multiples.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { recoveries } from '../../../src-main/engine/pruning/recovery/registry.ts';
import { checkRewinds } from '../../../src-main/engine/pruning/recovery/rewind.ts';
import { schedules } from '../../../src-main/engine/pruning/schedules/registry.ts';
import { applicable, canRewind, removesUnits } from '../../../src-renderer/state/pruning-choices.ts';
import { byHand } from '../../contract/recipes.ts';

function isRefused(check: () => void): boolean {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}

describe.each(granularities.all)('$id', (granularity) => {
  it('offers a multiple exactly where the engine takes one', () => {
    const refused = isRefused(() => {
      checkMultiple(8, granularity);
    });
    expect(removesUnits(granularity.id)).toBe(!refused);
    expect(applicable({ ...byHand, multiple: 8 }, granularity.id).multiple).toBe(refused ? 1 : 8);
  });
});

it.each(schedules.ids.flatMap((schedule) => recoveries.ids.map((method) => ({ schedule, method }))))(
  'offers to rewind $method on the schedule $schedule exactly where the engine does',
  ({ schedule, method }) => {
    const recovery = { method, updates: 10 };
    const refused = isRefused(() => {
      checkRewinds('weights', { schedule, recovery: method, granularity: { ranks: 'weights' } });
    });
    expect(canRewind({ schedule, recovery })).toBe(!refused);
    const { rewind } = applicable({ ...byHand, schedule, recovery, rewind: 'weights' }, 'weight');
    expect(rewind).toBe(refused ? 'nothing' : 'weights');
  },
);
