import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkSpecification } from '../../../../src-main/contract/network.ts';
import { dormantIn, recycle } from '../../../../src-main/engine/agents/dqn/recycling.ts';
import { cartPole } from '../../../../src-main/engine/environments/cart-pole.ts';
import { initializeParameters } from '../../../../src-main/engine/networks/initialize.ts';
import { ADAM, type NetworkInstance } from '../../../../src-main/engine/numerics/backend.ts';
import { unitGroups } from '../../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { resumeFrom, takeCheckpoint } from '../../../../src-main/engine/training/checkpoint.ts';
import { testBackend } from '../../../test-backend.ts';
import { dqnRun, finish, QUICK, type DqnRun } from '../../training/run-dqn.ts';

describe('dormant are the units of at most τ times the mean loudness of their layer', () => {
  // Three states of four units: loudness 3, 0, 0.3 and 8.7, the mean is 3.
  const activations = Float32Array.of(1, 0, 0.1, 2.9, -1, 0, -0.1, -2.9, 1, 0, 0.1, 2.9);

  it.each([
    [0, [1]],
    [0.05, [1]],
    [0.11, [1, 2]],
    [1.001, [0, 1, 2]],
  ])('τ = %d', (threshold, dormant) => {
    expect(dormantIn(activations, 4, threshold)).toEqual(dormant);
  });

  it('a channel by all of its positions', () => {
    // One state, two positions of two channels.
    expect(dormantIn(Float32Array.of(0, 1, 5, 1), 2, 0.6)).toEqual([1]);
  });

  it('all of a silent layer', () => {
    expect(dormantIn(new Float32Array(6), 3, 0.025)).toEqual([0, 1, 2]);
  });
});

const network: NetworkSpecification = {
  input: { shape: [3], scale: 1 },
  trunk: [
    { kind: 'dense', name: 'a', units: 4, activation: 'relu' },
    { kind: 'dense', name: 'b', units: 5, activation: 'relu' },
  ],
  heads: [
    { name: 'value', layers: [{ kind: 'dense', name: 'value', units: 1, activation: 'linear' }] },
    { name: 'advantage', layers: [{ kind: 'dense', name: 'advantage', units: 2, activation: 'linear' }] },
  ],
  combine: 'dueling',
};

/** A network that has learnt a little, so that every slot has something; units 1 of `a` and 0 and 3 of `b` never fire. */
function learnt(random: Random): NetworkInstance {
  const parameters = initializeParameters(network, random);
  const silence = (layer: string, units: number, unit: number): void => {
    const kernel = parameters[`${layer}/kernel`]!;
    for (let i = unit; i < kernel.length; i += units) kernel[i] = -Math.abs(kernel[i]!);
    parameters[`${layer}/bias`]![unit] = -1;
  };
  silence('a', 4, 1);
  silence('b', 5, 0);
  silence('b', 5, 3);
  const instance = testBackend.instantiate(network, parameters, { maxBatch: 8, optimizer: ADAM });
  for (let i = 0; i < 3; i++) {
    instance.forward(states(random), 8, { tape: true });
    instance.backward(Float32Array.from({ length: 16 }, () => random.normal()));
    instance.step({ learningRate: 1e-3 });
  }
  return instance;
}

/** Eight states; none is negative, so that what was silenced is silent. */
const states = (random: Random): Float32Array => Float32Array.from({ length: 24 }, () => Math.abs(random.normal()));

it('silent units start anew and the network answers as before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const random = new Random(seed);
      const instance = learnt(random);
      const seen = states(random);
      const groups = unitGroups(network);
      const before = Float32Array.from(instance.forward(seen, 8, { tape: true }));
      const dormant = Object.fromEntries(
        groups.map(({ layer, units }) => [layer, dormantIn(instance.activations(layer), units, 0)]),
      );
      expect(dormant.a).toContain(1);
      expect(dormant.b).toEqual(expect.arrayContaining([0, 3]));
      const old = instance.readParameters();
      const count = recycle(instance, groups, dormant, random);
      expect(count).toBe(dormant.a!.length + dormant.b!.length);
      expect(instance.forward(seen, 8)).toEqual(before);

      const now = instance.readParameters();
      const { slots, step } = instance.readOptimizer();
      expect(step).toBe(3);
      const inputs: Record<string, string | null> = { a: null, b: 'a', value: 'b', advantage: 'b' };
      const units: Record<string, number> = { a: 4, b: 5, value: 1, advantage: 2 };
      for (const [name, values] of Object.entries(now)) {
        const [layer, which] = name.split('/') as [string, string];
        const own = dormant[layer] ?? [];
        const source = inputs[layer];
        const read = source === null || which === 'bias' ? [] : dormant[source!]!;
        const bound = 1 / Math.sqrt({ a: 3, b: 4, value: 5, advantage: 5 }[layer]!);
        values.forEach((value, i) => {
          const [row, unit] = [Math.floor(i / units[layer]!), i % units[layer]!];
          const recycled = own.includes(unit) || read.includes(row);
          if (read.includes(row)) expect(value).toBe(0);
          else if (own.includes(unit)) {
            expect(value).not.toBe(old[name]![i]);
            expect(Math.abs(value)).toBeLessThanOrEqual(bound);
          } else expect(value).toBe(old[name]![i]);
          for (const slot of ['m', 'v']) if (recycled) expect(slots[`${slot}:${name}`]![i]).toBe(0);
        });
      }
      expect(slots['v:b/bias']!.filter((v) => v !== 0).length).toBe(5 - dormant.b!.length);
      instance.dispose();
    }),
    { numRuns: 30 },
  );
});

it('what is pruned stays pruned when its unit is recycled', () => {
  const random = new Random(4);
  const instance = learnt(random);
  const mask = Uint8Array.from({ length: 12 }, (_, i) => Number(i % 8 !== 1));
  instance.setMasks({ 'a/kernel': mask });
  recycle(instance, unitGroups(network), { a: [1] }, random);
  const kernel = instance.readParameters()['a/kernel']!;
  expect([kernel[1], kernel[9]]).toEqual([0, 0]);
  expect(kernel[5]).not.toBe(0);
  instance.dispose();
});

describe('in DQN', () => {
  const redo = { threshold: 0.1, every: 25 };
  const run = (hooks: Parameters<typeof dqnRun>[0] = {}): DqnRun =>
    dqnRun({ definition: cartPole, totalSteps: 700, config: { ...QUICK, redo }, ...hooks });

  it('recycles on time and says how many', () => {
    const recycled: [number, number][] = [];
    const { loop } = run({
      observers: [
        {
          onUpdate: (metrics, { update }) => {
            if (metrics.recycled !== undefined) recycled.push([update, metrics.recycled]);
            return undefined;
          },
        },
      ],
    });
    finish(loop);
    expect(recycled.map(([update]) => update)).toEqual(
      Array.from({ length: Math.floor(loop.update / 25) }, (_, i) => 25 * (i + 1)),
    );
    expect(Math.max(...recycled.map(([, count]) => count))).toBeGreaterThan(0);
  });

  it('goes on byte for byte from anywhere', () => {
    const whole = run();
    let atoms = 1;
    while (whole.loop.advance()) atoms++;
    const save = ({ loop, agent }: DqnRun): Uint8Array => takeCheckpoint({ loop, agent });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: atoms }), (cut) => {
        const original = run();
        finish(original.loop, cut);
        const resumed = run();
        resumeFrom(save(original), { loop: resumed.loop, agent: resumed.agent });
        finish(resumed.loop);
        expect(save(resumed)).toEqual(save(whole));
      }),
      { numRuns: 12 },
    );
  });
});
