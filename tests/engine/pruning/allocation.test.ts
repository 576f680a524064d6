import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AllocationLayer } from '../../../src-main/engine/pruning/allocation/allocation.ts';
import { erkDensities } from '../../../src-main/engine/pruning/allocation/erk.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { evenly } from '../../../src-main/engine/pruning/search/ladder.ts';
import { expectClose } from '../numerics/expect-close.ts';

const layerOf = (scores: readonly number[], minimum = 1): AllocationLayer => ({
  name: 'layer',
  size: scores.length,
  shape: [scores.length, 1],
  minimum,
  scores: Float32Array.from(scores),
});

/** Few different scores, so that ties are common. */
const layers = fc.array(
  fc
    .record({
      scores: fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(-Infinity)), {
        minLength: 1,
        maxLength: 20,
      }),
      minimum: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ scores, minimum }) => layerOf(scores, minimum)),
  { minLength: 1, maxLength: 4 },
);
const percent = fc.integer({ min: 0, max: 99 });
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

it('no allocation empties a layer or keeps more than there is', () => {
  fc.assert(
    fc.property(layers, percent, fc.constantFrom(...allocations.all, evenly), (drawn, share, allocation) => {
      const kept = allocation.keep(drawn, share / 100);
      expect(kept).toHaveLength(drawn.length);
      kept.forEach((count, l) => {
        const { size, minimum } = drawn[l]!;
        expect(Number.isInteger(count)).toBe(true);
        expect(count).toBeGreaterThanOrEqual(Math.min(size, minimum));
        expect(count).toBeLessThanOrEqual(size);
      });
    }),
  );
});

describe('uniform', () => {
  it('prunes floor(S·n) of every layer, exactly also where S·n is an integer that doubles miss', () => {
    const drawn = Array.from({ length: 200 }, (_, i) => layerOf(new Array<number>(i + 1).fill(1)));
    for (let share = 0; share < 100; share++) {
      const exact = drawn.map(({ size }) => Math.max(1, size - Number((BigInt(share) * BigInt(size)) / 100n)));
      expect(allocations.get('uniform').keep(drawn, share / 100), `${share} %`).toEqual(exact);
    }
  });
});

describe('global', () => {
  /** All elements of all layers in one ranking; the minimum of each layer is taken out of it first. */
  function byRanking(drawn: readonly AllocationLayer[], share: number): number[] {
    const total = sum(drawn.map(({ size }) => size));
    const kept = drawn.map(({ minimum, size }) => Math.min(minimum, size));
    const offers = drawn.flatMap(({ scores }, layer) =>
      Array.from(scores)
        .sort((a, b) => (a > b ? -1 : 1))
        .slice(kept[layer])
        .map((score) => ({ score, layer })),
    );
    // A stable sort: among equals the earlier layer.
    offers.sort((a, b) => (a.score === b.score ? 0 : a.score > b.score ? -1 : 1));
    const room = total - Math.floor((share * total) / 100) - sum(kept);
    for (const { layer } of offers.slice(0, Math.max(0, room))) kept[layer]!++;
    return kept;
  }

  it('is the best of one ranking over all layers, ties to the earlier layer', () => {
    fc.assert(
      fc.property(layers, percent, (drawn, share) => {
        expect(allocations.get('global').keep(drawn, share / 100)).toEqual(byRanking(drawn, share));
      }),
      { numRuns: 500 },
    );
  });

  it('takes from where scores are low: a worked example', () => {
    const drawn = [layerOf([9, 8, 7, 6]), layerOf([1, 2, 3, 10])];
    expect(allocations.get('global').keep(drawn, 0.5)).toEqual([3, 1]);
    expect(allocations.get('global').keep(drawn, 0.75)).toEqual([1, 1]);
  });
});

describe('Erdős–Rényi kernel', () => {
  const shapes = fc.array(
    fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 })),
      fc.tuple(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 64 }),
      ),
    ),
    { minLength: 1, maxLength: 6 },
  );
  const sized = (shape: readonly number[]): { shape: readonly number[]; size: number } => ({
    shape,
    size: shape.reduce((product, d) => product * d, 1),
  });

  it('density is min(1, ε·Σ dims/Π dims) with the ε that spends the budget, found by bisection', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0.01, max: 0.999, noNaN: true }), (drawn, sparsity) => {
        const sizes = drawn.map(sized);
        const budget = (1 - sparsity) * sum(sizes.map(({ size }) => size));
        const densitiesAt = (epsilon: number): number[] =>
          sizes.map(({ shape, size }) => Math.min(1, (epsilon * sum([...shape])) / size));
        let low = 0;
        let high = 1e9;
        for (let i = 0; i < 200; i++) {
          const middle = (low + high) / 2;
          if (sum(densitiesAt(middle).map((density, l) => density * sizes[l]!.size)) < budget) low = middle;
          else high = middle;
        }
        expectClose(erkDensities(sizes, sparsity), densitiesAt(low), 1e-6, 'densities');
      }),
    );
  });

  it('a Nature DQN at 95 %: worked by hand, without a layer that turns dense', () => {
    const sizes = [
      [8, 8, 4, 32],
      [4, 4, 32, 64],
      [3, 3, 64, 64],
      [3136, 512],
    ].map(sized);
    const epsilon = (0.05 * sum(sizes.map(({ size }) => size))) / (52 + 104 + 134 + 3648);
    const expected = [
      (52 * epsilon) / 8192,
      (104 * epsilon) / 32_768,
      (134 * epsilon) / 36_864,
      (3648 * epsilon) / 1_605_632,
    ];
    expectClose(erkDensities(sizes, 0.95), expected, 1e-9, 'densities');
  });

  it('a small layer that would exceed 1 stays dense, and the others pay for it', () => {
    const sizes = [
      [4, 2],
      [100, 100],
    ].map(sized);
    const [small, large] = erkDensities(sizes, 0.5);
    expect(small).toBe(1);
    expect(large! * 10_000 + 8).toBeCloseTo(0.5 * 10_008, 6);
  });

  it('keeps, of every layer, its density in whole elements', () => {
    const sizes = [
      [10, 40],
      [40, 30],
      [30, 5],
    ].map(sized);
    const drawn = sizes.map((layer) => ({ ...layerOf(new Array<number>(layer.size).fill(1)), ...layer }));
    const densities = erkDensities(sizes, 0.8);
    allocations
      .get('erk')
      .keep(drawn, 0.8)
      .forEach((count, l) => {
        expect(Math.abs(count - densities[l]! * sizes[l]!.size)).toBeLessThan(1);
      });
  });
});

describe('evenly', () => {
  const sizedLayers = fc
    .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 })
    .map((sizes) => sizes.map((size) => layerOf(new Array<number>(size).fill(1))));

  it('keeps what was asked for, and no layer that still has units falls behind another', () => {
    fc.assert(
      fc.property(sizedLayers, percent, (drawn, share) => {
        const kept = evenly.keep(drawn, share / 100);
        const total = Math.round((1 - share / 100) * sum(drawn.map(({ size }) => size)));
        expect(sum(kept)).toBe(Math.max(total, drawn.length));
        const most = Math.max(...kept);
        kept.forEach((count, l) => {
          if (count < drawn[l]!.size) expect(count).toBeGreaterThanOrEqual(most - 1);
        });
      }),
    );
  });

  it('an odd unit stays with the later layer', () => {
    const drawn = [layerOf([1, 1, 1, 1]), layerOf([1, 1, 1, 1])];
    expect(evenly.keep(drawn, 3 / 8)).toEqual([2, 3]);
  });
});
