import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ForeignStateError, type SavedState } from '../../../src-main/engine/agents/saved-state.ts';
import type { Agent } from '../../../src-main/engine/agents/agent.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import type { Masks } from '../../../src-main/engine/networks/parameters.ts';
import {
  DamagedCheckpointError,
  decodeState,
  encodeState,
  resumeFrom,
  takeCheckpoint,
} from '../../../src-main/engine/training/checkpoint.ts';
import type { TrainingLoop } from '../../../src-main/engine/training/training-loop.ts';
import type { TrainingProgress } from '../../../src-main/engine/training/training-observer.ts';
import { aiming } from '../pruning/recovery/aiming.ts';
import { dqnRun, finish, QUICK } from './run-dqn.ts';
import { a2c, policyGradientRun, ppo } from './run-policy-gradient.ts';

interface Run {
  readonly loop: TrainingLoop;
  readonly agent: Agent;
}

const save = ({ loop, agent }: Run): Uint8Array => takeCheckpoint({ loop, agent });

/** Prunes half of a layer early on, so that masks are part of most checkpoints. */
function prunesAtThirty(kernel: string): (progress: TrainingProgress) => Masks | null {
  const masks = { [kernel]: Uint8Array.from({ length: 256 }, (_, i) => i % 2) };
  return ({ update }) => (update === 30 ? masks : null);
}

describe('resuming', () => {
  const variants: readonly { readonly what: string; readonly make: () => Run }[] = [
    {
      what: 'DQN, pruned on the way',
      make: () => dqnRun({ definition: cartPole, totalSteps: 400, masksAt: prunesAtThirty('dense_2/kernel') }),
    },
    {
      what: 'DQN of many environments, normalised, 3 steps ahead',
      make: () =>
        dqnRun({
          environments: 3,
          config: { ...QUICK, nStep: 3, doubleQ: true, bufferSize: 90, normalizeObservations: true },
          totalSteps: 600,
        }),
    },
    {
      what: 'DQN with prioritised replay, pruned on the way',
      make: () =>
        dqnRun({
          config: { ...QUICK, bufferSize: 90, prioritizedReplay: { alpha: 0.6, beta: 0.4, epsilon: 1e-6 } },
          definition: cartPole,
          totalSteps: 400,
          masksAt: prunesAtThirty('dense_2/kernel'),
        }),
    },
    {
      what: 'DQN with prioritised replay, normalised and recycling, pruned on the way',
      make: () =>
        dqnRun({
          config: {
            ...QUICK,
            bufferSize: 90,
            nStep: 2,
            normalizeObservations: true,
            prioritizedReplay: { alpha: 0.6, beta: 0.4, epsilon: 1e-6 },
            redo: { threshold: 0.3, every: 20 },
          },
          definition: cartPole,
          totalSteps: 400,
          masksAt: prunesAtThirty('dense_2/kernel'),
        }),
    },
    {
      what: 'PPO, pruned on the way',
      make: () =>
        policyGradientRun({
          settings: ppo({ normalizeObservations: true, normalizeRewards: true }),
          definition: cartPole,
          totalSteps: 1000,
          masksAt: prunesAtThirty('policy/dense_2/kernel'),
        }),
    },
    {
      what: 'PPO of stacked observations and sticky actions',
      make: () =>
        policyGradientRun({
          settings: ppo({}),
          definition: environments.get('CartPole-v1?stack=2&sticky=0.3&max-steps=30'),
          totalSteps: 1000,
        }),
    },
    {
      what: 'A2C of continuous actions',
      make: () => policyGradientRun({ settings: a2c({ nSteps: 3 }), definition: aiming, totalSteps: 1400 }),
    },
  ];

  it.each(variants)('goes on byte for byte from anywhere: $what', ({ make }) => {
    const uninterrupted = make();
    let atoms = 1;
    while (uninterrupted.loop.advance()) atoms++;
    expect(uninterrupted.loop.update).toBeGreaterThan(100);
    const expected = save(uninterrupted);
    const cut = fc.integer({ min: 0, max: atoms });
    fc.assert(
      fc.property(cut, cut, (first, second) => {
        const original = make();
        finish(original.loop, Math.min(first, second));
        const resumed = make();
        const { loop, agent } = resumed;
        resumeFrom(save(original), { loop, agent });
        finish(loop, Math.abs(second - first));
        const again = make();
        resumeFrom(save(resumed), { loop: again.loop, agent: again.agent });
        finish(again.loop);
        expect(save(again)).toEqual(expected);
      }),
      { numRuns: 10, examples: [[0, atoms]] },
    );
  });

  it.each([
    ['another environment', { definition: cartPole }],
    ['more environments', { environments: 2 }],
  ])('refuses the checkpoint of %s', (_, options) => {
    const checkpoint = save(dqnRun());
    const { loop, agent } = dqnRun({ ...options });
    expect(() => {
      resumeFrom(checkpoint, { loop, agent });
    }).toThrow(ForeignStateError);
  });

  it('refuses a checkpoint without one of the parts', () => {
    const { loop, agent } = dqnRun();
    expect(() => {
      resumeFrom(takeCheckpoint({ loop }), { loop, agent });
    }).toThrow(ForeignStateError);
  });
});

describe('the bytes of a checkpoint', () => {
  const state = fc.record({
    values: fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as null),
    arrays: fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.oneof(fc.float32Array(), fc.float64Array(), fc.int32Array(), fc.uint8Array()),
    ),
  });

  it('give back what went in, whatever it is and wherever they lie in memory', () => {
    fc.assert(
      fc.property(state, fc.integer({ min: 0, max: 8 }), (saved: SavedState, offset) => {
        const bytes = encodeState(saved);
        const memory = new Uint8Array(bytes.length + offset);
        memory.set(bytes, offset);
        const decoded = decodeState(memory.subarray(offset));
        expect(decoded.values).toEqual(saved.values);
        expect({ ...decoded.arrays }).toEqual({ ...saved.arrays });
      }),
    );
  });

  it('are refused when a bit has changed or an end is missing', () => {
    const bytes = save(dqnRun());
    const position = fc.integer({ min: 0, max: bytes.length - 1 });
    fc.assert(
      fc.property(position, fc.integer({ min: 0, max: 7 }), (index, bit) => {
        const flipped = bytes.with(index, bytes[index]! ^ (1 << bit));
        expect(() => decodeState(flipped)).toThrow(DamagedCheckpointError);
        expect(() => decodeState(bytes.subarray(0, index))).toThrow(DamagedCheckpointError);
      }),
    );
  });
});
