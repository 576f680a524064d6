import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MissingAllocationDataError,
  type AllocationLayer,
} from '../../../src-main/engine/pruning/allocation/allocation.ts';
import { erkDensities } from '../../../src-main/engine/pruning/allocation/erk.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { pruneTo } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { maskingOf } from './masking-of.ts';
import { NO_DATA } from '../../../src-main/engine/pruning/scoring-data.ts';
import { evenly } from '../../../src-main/engine/pruning/search/ladder.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { sampleModel } from '../networks/sample-models.ts';
import { expectClose } from '../numerics/expect-close.ts';

const layerOf = (scores: readonly number[], minimum = 1): AllocationLayer => ({
  name: 'layer',
  size: scores.length,
  shape: [scores.length, 1],
  minimum,
  scores: Float32Array.from(scores),
  magnitudes: Float32Array.from(scores, (score) => (score === -Infinity ? 0 : score)),
  sensitivity: [],
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

describe('LAMP', () => {
  const model = sampleModel({ hidden: [9, 7] });
  const { network } = model.description;
  const keptPerLayer = (allocation: string, criterion: string, granularity = 'weight'): number[] => {
    const scored = { ...model, network, criterion: criteria.get(criterion), data: NO_DATA, random: new Random(1) };
    const amount = { kind: 'sparsity', sparsity: 0.6, allocation: allocations.get(allocation) } as const;
    const masks = pruneTo(maskingOf(granularity), scored, amount);
    return Object.entries(masks).flatMap(([name, mask]) =>
      name.endsWith(granularity === 'weight' ? '/kernel' : '/bias') ? [sum(Array.from(mask))] : [],
    );
  };

  it('gives layers what they keep when LAMP ranks all weights, whatever ranks within them', () => {
    const expected = keptPerLayer('global', 'lamp');
    expect(keptPerLayer('lamp', 'lamp')).toEqual(expected);
    expect(keptPerLayer('lamp', 'random')).toEqual(expected);
    expect(keptPerLayer('global', 'l1')).not.toEqual(expected);
  });

  it('of neurons, goes by the norm of what enters them', () => {
    const scoresOf = (layer: string, units: number): number[] => {
      const kernel = model.parameters[`${layer}/kernel`]!;
      const squares = Array.from({ length: units }, (_, u) =>
        sum(
          Array.from(
            kernel.filter((_w, i) => i % units === u),
            (w) => w * w,
          ),
        ),
      );
      return squares.map((square) => square / sum(squares.filter((other) => other >= square)));
    };
    const scores = [scoresOf('hidden_0', 9), scoresOf('hidden_1', 7)];
    // floor(0.6 · 16) = 9 neurons go, 7 stay.
    const threshold = scores.flat().sort((a, b) => b - a)[6]!;
    const expected = scores.map((layer) => layer.filter((score) => score >= threshold).length);
    expect(keptPerLayer('lamp', 'random', 'neuron')).toEqual(expected);
  });
});

describe('by sensitivity', () => {
  const curve = fc
    .array(fc.record({ sparsity: fc.integer({ min: 1, max: 9 }), lost: fc.integer({ min: -2, max: 12 }) }), {
      maxLength: 4,
    })
    .map((points) =>
      points
        .map(({ sparsity, lost }) => ({ sparsity: sparsity / 10, lost: lost / 10 }))
        .sort((a, b) => a.sparsity - b.sparsity)
        .filter(({ sparsity }, i, all) => sparsity !== all[i - 1]?.sparsity),
    );
  const drawnLayers = fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 7 }), curve)
      .map(([size, sensitivity]) => ({ ...layerOf(new Array<number>(size).fill(1)), sensitivity })),
    { minLength: 1, maxLength: 3 },
  );
  /** Linear between the measured points, the worst so far counting on. */
  function lost(points: readonly { sparsity: number; lost: number }[], share: number): number {
    const known = [{ sparsity: 0, lost: 0 }, ...points, { sparsity: 1, lost: 1 }];
    const worst = known.map((_, i) => Math.max(...known.slice(0, i + 1).map((point) => Math.min(1, point.lost))));
    const next = known.findIndex((point) => point.sparsity >= share);
    if (known[next]!.sparsity === share || next === 0) return worst[next]!;
    const [from, to] = [known[next - 1]!.sparsity, known[next]!.sparsity];
    return worst[next - 1]! + ((worst[next]! - worst[next - 1]!) * (share - from)) / (to - from);
  }
  function everyWay(sizes: readonly number[], total: number): number[][] {
    const [size, ...rest] = sizes;
    if (size === undefined) return total === 0 ? [[]] : [];
    return Array.from({ length: Math.min(size - 1, total) + 1 }, (_, removed) =>
      everyWay(rest, total - removed).map((others) => [removed, ...others]),
    ).flat();
  }

  it('of every way to remove as much, none has a smaller largest loss', () => {
    fc.assert(
      fc.property(drawnLayers, percent, (drawn, share) => {
        const sizes = drawn.map(({ size }) => size);
        const most = sum(sizes) - drawn.length;
        const total = Math.min(most, Math.floor((share * sum(sizes)) / 100 + 1e-9));
        const kept = allocations.get('sensitivity').keep(drawn, share / 100);
        expect(sum(sizes) - sum(kept)).toBe(total);
        const largest = (removed: readonly number[]): number =>
          Math.max(...removed.map((count, l) => lost(drawn[l]!.sensitivity, count / sizes[l]!)));
        const best = Math.min(...everyWay(sizes, total).map(largest));
        // The tie-break weighs a millionth.
        expect(largest(kept.map((count, l) => sizes[l]! - count))).toBeLessThanOrEqual(best + 3e-6);
      }),
      { numRuns: 400 },
    );
  });

  it('large layers: what nobody misses goes alike, then the layer that suffers least', () => {
    const whole = new Array<number>(10_000).fill(1);
    const [numb, delicate] = [
      { ...layerOf(whole), sensitivity: [{ sparsity: 0.8, lost: 0 }] },
      {
        ...layerOf(whole),
        sensitivity: [
          { sparsity: 0.2, lost: 0 },
          { sparsity: 0.4, lost: 0.9 },
        ],
      },
    ];
    const keep = (share: number): number[] => allocations.get('sensitivity').keep([numb, delicate], share);
    expect(keep(0.1)).toEqual([9000, 9000]);
    expect(keep(0.4)).toEqual([4000, 8000]);
    // Beyond 80 % and 20 % both lose, 5 and 4.5 times as much as a share: the second pays 1/4.5 for every 1/5.
    const [first, second] = keep(0.55);
    expect(first! + second!).toBe(9000);
    expect(Math.abs((8000 - second!) / (2000 - first!) - 5 / 4.5)).toBeLessThan(0.01);
  });
});

it.each(['lamp', 'sensitivity'])('%s without what it looks at is refused, not guessed', (id) => {
  const { name, size, shape, minimum, scores } = layerOf([1, 2]);
  const bare = { name, size, shape, minimum, scores };
  expect(() => allocations.get(id).keep([bare], 0.5)).toThrow(MissingAllocationDataError);
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
