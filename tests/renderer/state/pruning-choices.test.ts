// What goes with what, as the engine has it.
import { describe, expect, it } from 'vitest';
import { readPattern } from '../../../src-main/contract/n-of-m.ts';
import type { NetworkSpecification } from '../../../src-main/contract/network.ts';
import { checkRecipe } from '../../../src-main/engine/check-recipe.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { checkMultiple } from '../../../src-main/engine/pruning/allocation/multiples.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { canRank } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { recoveries } from '../../../src-main/engine/pruning/recovery/registry.ts';
import { checkRewinds } from '../../../src-main/engine/pruning/recovery/rewind.ts';
import { schedules } from '../../../src-main/engine/pruning/schedules/registry.ts';
import {
  amountFor,
  applicable,
  canRewind,
  playsNothing,
  removesUnits,
  followsGradients,
  granularityObstacle,
  hasSearch,
} from '../../../src-renderer/state/pruning-choices.ts';
import { byHand, dataPruneRecipe, pruneRecipe } from '../../contract/recipes.ts';
import { sampleNetwork } from '../../engine/networks/sample-models.ts';

function isRefused(check: () => unknown): boolean {
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
    expect(canRewind({ amount: byHand.amount, schedule, recovery })).toBe(!refused);
    const { rewind } = applicable({ ...byHand, schedule, recovery, rewind: 'weights' }, 'weight');
    expect(rewind).toBe(refused ? 'nothing' : 'weights');
  },
);

it.each(schedules.ids)('a threshold goes at once, whatever %s was chosen', (schedule) => {
  const amount = { kind: 'threshold', threshold: 0.1 } as const;
  const source = { kind: 'model', id: 'model' } as const;
  const chosen = {
    ...byHand,
    amount,
    schedule,
    rewind: 'weights',
    recovery: { method: 'distill', updates: 10 },
  } as const;
  const refused = (method: typeof byHand): boolean =>
    isRefused(() => {
      checkRecipe(pruneRecipe(source, { method }));
    });
  expect(refused({ ...chosen, rewind: 'nothing' })).toBe(schedule !== 'one-shot');
  expect(refused({ ...applicable(chosen, 'weight'), kind: 'manual' })).toBe(false);
});

describe('on observations, offers exactly what the engine takes without playing', () => {
  const granularityOf = (criterion: string): string =>
    granularities.all.find((granularity) => canRank(criteria.get(criterion), granularity))!.id;
  it.each([
    ...criteria.all.map((method) => ({
      method,
      changes: { criterion: method.id, recovery: { method: 'distill', updates: 10 } },
      granularity: granularityOf(method.id),
    })),
    ...allocations.all.map((method) => ({ method, changes: { allocation: method.id }, granularity: 'weight' })),
    ...recoveries.all.map((method) => ({
      method,
      changes: { recovery: { method: method.id, updates: 10 } },
      granularity: 'weight',
    })),
  ])('$method.id', ({ method, changes, granularity }) => {
    const source = { kind: 'model', id: 'model' } as const;
    const recipe = dataPruneRecipe(source, 'seen.npy', { granularity, method: { ...byHand, ...changes } });
    const refused = isRefused(() => {
      checkRecipe(recipe);
    });
    expect(playsNothing(method)).toBe(!refused);
  });
});

describe('what is offered for automatic pruning', () => {
  const targets = [
    { kind: 'return', keep: 0.9 },
    { kind: 'bytes', bytes: 1000 },
    { kind: 'latency', microseconds: 1 },
  ] as const;

  it.each([...granularities.ids, '3:8'].flatMap((granularity) => targets.map((target) => ({ granularity, target }))))(
    '$granularity towards $target.kind, exactly where the engine has a search',
    ({ granularity, target }) => {
      const refused = isRefused(() => {
        checkRecipe(
          pruneRecipe({ kind: 'model', id: 'dense' }, { granularity, method: { kind: 'automatic', target } }),
        );
      });
      expect(hasSearch(granularity, target.kind)).toBe(!refused);
    },
  );
});

describe('what a network has', () => {
  const description = { network: sampleNetwork({ inputs: 4, hidden: [3] }) };
  const convolutional = {
    network: {
      ...description.network,
      trunk: [
        {
          kind: 'conv2d',
          name: 'conv',
          filters: 2,
          kernelSize: [1, 1],
          strides: [1, 1],
          padding: 'valid',
          activation: 'relu',
        },
        ...description.network.trunk,
      ],
    } as NetworkSpecification,
  };

  it('channels are for networks with convolutions', () => {
    expect(granularityObstacle('channel', { mode: 'manual', description })).toBe('channels');
    expect(granularityObstacle('channel', { mode: 'automatic', description: convolutional })).toBe(null);
    expect(granularityObstacle('unit', { mode: 'manual', description })).toBe(null);
  });

  it('a pattern is for pruning by hand', () => {
    expect(granularityObstacle('2:4', { mode: 'manual', description })).toBe(null);
    expect(granularityObstacle('3:8', { mode: 'automatic', description })).toBe('byHand');
  });
});

it.each(['2:4', '1:16', '4:2', '2:2', '0:4', '2:', 'a:b', '2:4:8', ' 2:4'])(
  'takes "%s" for a pattern as the engine',
  (text) => {
    expect(readPattern(text) !== null).toBe(!isRefused(() => granularities.get(text)));
  },
);

it.each(recoveries.all)('knows whether movement can be seen during $id', ({ id, followsGradients: follows }) => {
  expect(followsGradients(id)).toBe(follows);
});

describe('the amount after a granularity was chosen', () => {
  const first = { kind: 'sparsity', sparsity: 0.8 } as const;
  const threshold = { kind: 'threshold', threshold: 0.1 } as const;

  it.each([
    ['2:4', first, { kind: 'sparsity', sparsity: 0.5 }],
    ['1:4', threshold, { kind: 'sparsity', sparsity: 0.75 }],
    ['hybrid', threshold, first],
    ['neuron', threshold, threshold],
    ['weight', { kind: 'sparsity', sparsity: 0.3 }, { kind: 'sparsity', sparsity: 0.3 }],
  ] as const)('%s', (granularity, before, after) => {
    expect(amountFor(granularity, before, first)).toEqual(after);
  });
});
