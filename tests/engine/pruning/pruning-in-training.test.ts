import { describe, expect, it } from 'vitest';
import type { GradualPruning } from '../../../src-main/contract/recipe.ts';
import type { Masks } from '../../../src-main/engine/networks/parameters.ts';
import {
  AllocationInTrainingError,
  CriterionInTrainingError,
} from '../../../src-main/engine/pruning/check-training-pruning.ts';
import { pruningInTraining } from '../../../src-main/engine/pruning/pruning-in-training.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import type { TrainingProgress } from '../../../src-main/engine/training/training-observer.ts';
import { testBackend } from '../../test-backend.ts';
import { sampleModel } from '../networks/sample-models.ts';
import { dqnRun, finish, QUICK } from '../training/run-dqn.ts';
import { plannedUpdates } from '../../../src-main/engine/agents/dqn/config.ts';
import { freshDqnModel } from '../../../src-main/engine/agents/dqn/network.ts';
import { chain } from '../training/chain.ts';
import { masksHold } from './recovery/recovering.ts';

const pruning: GradualPruning = {
  kind: 'gradual',
  granularity: 'weight',
  criterion: 'l1',
  sparsity: 0.8,
  allocation: 'global',
  schedule: 'polynomial',
  steps: 4,
  from: 0.2,
  to: 0.8,
};

const share = (masks: Masks): number => {
  const all = Object.values(masks).flatMap((mask) => [...mask]);
  return all.filter((kept) => kept === 0).length / all.length;
};

describe('the schedule over 1000 updates', () => {
  const { description, parameters } = sampleModel({ inputs: 10, hidden: [20, 20], actions: 2 });

  function eventsOf(change: Partial<GradualPruning>): { update: number; sparsity: number; masks: Masks }[] {
    const { masksAt } = pruningInTraining({
      pruning: { ...pruning, ...change },
      plannedUpdates: 1000,
      description,
      random: new Random(1),
    });
    const network = testBackend.instantiate(description.network, parameters, { maxBatch: 1 });
    let held: Masks = {};
    const events = [];
    for (let update = 0; update < 1000; update++) {
      const masks = masksAt!({ update } as TrainingProgress, { network, masks: held });
      if (masks === null) continue;
      network.setMasks(masks);
      held = masks;
      events.push({ update, sparsity: share(masks), masks });
    }
    network.dispose();
    return events;
  }

  it('prunes cubically from a fifth to four fifths, in equal steps', () => {
    const events = eventsOf({});
    expect(events.map(({ update }) => update)).toEqual([200, 350, 500, 650]);
    [0.4625, 0.7, 0.7875, 0.8].forEach((sparsity, i) => {
      expect(Math.abs(events[i]!.sparsity - sparsity)).toBeLessThan(1 / 640);
    });
  });

  it('one shot is one event, where the phase begins', () => {
    const events = eventsOf({ schedule: 'one-shot', from: 0.5 });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ update: 500, sparsity: 0.8 });
  });

  it.each(['l1', 'random'])('what went at one event stays gone at the next, by %s', (criterion) => {
    const events = eventsOf({ criterion });
    events.slice(1).forEach(({ masks }, i) => {
      for (const [name, before] of Object.entries(events[i]!.masks)) {
        before.forEach((kept, j) => {
          if (kept === 0) expect(masks[name]![j]).toBe(0);
        });
      }
    });
  });
});

it('prunes what acts, and leaves the critic beside it as it is', () => {
  const { description, parameters } = sampleModel({ inputs: 10, hidden: [20, 20], kind: 'actor-critic' });
  const { masksAt } = pruningInTraining({ pruning, plannedUpdates: 1000, description, random: new Random(1) });
  const network = testBackend.instantiate(description.network, parameters, { maxBatch: 1 });
  const masks = masksAt!({ update: 650 } as TrainingProgress, { network, masks: {} })!;
  network.dispose();
  expect(Object.keys(masks).every((name) => name.startsWith('policy/'))).toBe(true);
  expect(share(masks)).toBeCloseTo(0.8, 2);
});

it('an agent that learns while it is pruned ends sparse, and has learnt', () => {
  const { masksAt } = pruningInTraining({
    pruning,
    plannedUpdates: plannedUpdates(QUICK, 2000),
    description: freshDqnModel(QUICK, chain, new Random(1)).description,
    random: new Random(1),
  });
  const returns: number[] = [];
  const { agent, loop } = dqnRun({
    masksAt: masksAt!,
    observers: [{ onEpisode: ({ episodeReturn }) => void returns.push(episodeReturn) }],
  });
  finish(loop);
  const model = agent.model();
  agent.dispose();
  expect(masksHold(model)).toBe(true);
  expect(share(model.masks)).toBeCloseTo(0.8, 2);
  const late = returns.slice(-30);
  expect(late.reduce((sum, value) => sum + value, 0) / late.length).toBeGreaterThan(0.9);
});

it('a criterion that needs the states of a finished policy is refused', () => {
  const start = (): unknown =>
    pruningInTraining({
      pruning: { ...pruning, criterion: 'wanda-lamp' },
      plannedUpdates: 10,
      description: sampleModel().description,
      random: new Random(1),
    });
  expect(start).toThrow(CriterionInTrainingError);
  expect(start).toThrow(expect.objectContaining({ hint: expect.stringMatching(/\bl1\b.*\blamp\b/) as string }));
});

it('an allocation that plays the finished policy is refused', () => {
  const start = (): unknown =>
    pruningInTraining({
      pruning: { ...pruning, allocation: 'sensitivity' },
      plannedUpdates: 10,
      description: sampleModel().description,
      random: new Random(1),
    });
  expect(start).toThrow(AllocationInTrainingError);
  expect(start).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/erk, lamp, or prune after/) as string }),
  );
});
