import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerChoices } from '../../../src-main/contract/recipe.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { applyMasks, type Masks } from '../../../src-main/engine/networks/parameters.ts';
import { curvesOf, withSensitivity } from '../../../src-main/engine/pruning/allocation/by-sensitivity.ts';
import { LayerAmountsError, NothingToPruneError } from '../../../src-main/engine/pruning/allocation/layer-choices.ts';
import { MultipleOfWeightsError } from '../../../src-main/engine/pruning/allocation/multiples.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { pruneTo, type Amount } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { maskingOf } from './masking-of.ts';
import { NO_DATA } from '../../../src-main/engine/pruning/scoring-data.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';
import { thrownBy } from '../formats/fixtures.ts';
import { sampleModel } from '../networks/sample-models.ts';

/** 4-16-16-2: kernels of 64, 256 and 32 weights. */
const model = sampleModel({ inputs: 4, hidden: [16, 16] });
const LAYERS = ['hidden_0', 'hidden_1', 'q/out'] as const;

/** Alike for all layers: what they lose does not depend on it. */
const SENSITIVITY = curvesOf({
  layers: LAYERS.map((layer) => ({ layer, elements: 0, points: [] })),
});

interface Cut {
  readonly layers: LayerChoices;
  readonly sparsity?: number;
  readonly threshold?: number;
  readonly allocation?: string;
  readonly granularity?: string;
  readonly multiple?: number;
  readonly of?: PolicyModel;
}

function cut(options: Cut): Masks {
  const {
    layers,
    sparsity = 0.5,
    threshold,
    allocation = 'global',
    granularity = 'weight',
    of = model,
    multiple = 1,
  } = options;
  const input = {
    network: of.description.network,
    parameters: applyMasks(of.parameters, of.masks),
    masks: of.masks,
    criterion: criteria.get('l1'),
    data: NO_DATA,
    random: new Random(1),
  };
  const amount: Amount =
    threshold === undefined
      ? {
          kind: 'sparsity',
          sparsity,
          allocation: withSensitivity(allocations.get(allocation), SENSITIVITY),
          layers,
          multiple,
        }
      : { kind: 'threshold', threshold, layers };
  return pruneTo(maskingOf(granularity), input, amount);
}

const zeros = (mask: Uint8Array | undefined): number => mask?.filter((kept) => kept === 0).length ?? 0;
const zerosIn = (masks: Masks): number[] => LAYERS.map((name) => zeros(masks[`${name}/kernel`]));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('weights', () => {
  it('a layer loses its own share, a locked one nothing, and the others make up the total, by every allocation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allocations.ids), fc.integer({ min: 0, max: 90 }), (allocation, percent) => {
        const layers = { hidden_0: { sparsity: percent / 100 }, 'q/out': 'locked' } as const;
        const [first, second, last] = zerosIn(cut({ layers, sparsity: 0.5, allocation }));
        expect(first).toBe(Math.floor((percent * 64) / 100));
        expect(last).toBe(0);
        expect(first! + second!).toBe(176);
      }),
    );
  });

  it('what is left to spread is spread as among layers of their own', () => {
    const layers = { 'q/out': { sparsity: 0.25 } } as const;
    // floor(0.5 · 352) = 176 in all, 8 of them from the last layer: 168 of 320 from the other two.
    const masks = cut({ layers, allocation: 'uniform' });
    const [first, second, last] = zerosIn(masks);
    expect([first, second, last]).toEqual([Math.floor((168 / 320) * 64), Math.floor((168 / 320) * 256), 8]);
  });

  it('the worst of a layer go, whatever its share', () => {
    const masks = cut({ layers: { hidden_0: { sparsity: 0.75 } } });
    const magnitudes = model.parameters['hidden_0/kernel']!.map(Math.abs);
    const kept = magnitudes.filter((_, i) => masks['hidden_0/kernel']![i] === 1);
    const gone = magnitudes.filter((_, i) => masks['hidden_0/kernel']![i] === 0);
    expect(Math.max(...gone)).toBeLessThan(Math.min(...kept));
  });

  it('a threshold is for the others', () => {
    const masks = cut({ layers: { hidden_0: 'locked', hidden_1: { sparsity: 0.5 } }, threshold: 100 });
    expect(zerosIn(masks)).toEqual([0, 128, 30]);
  });

  it('a locked layer that was pruned before keeps what it has, and the total holds', () => {
    const once = { ...model, masks: cut({ layers: {}, sparsity: 0.25 }) };
    const before = zerosIn(once.masks);
    const after = zerosIn(cut({ of: once, layers: { hidden_1: 'locked' }, sparsity: 0.3 }));
    expect(before[1]).toBeGreaterThan(0);
    expect(after[1]).toBe(before[1]);
    expect(sum(after)).toBe(Math.floor(0.3 * 352));
  });

  it('a pattern N:M leaves a locked layer alone', () => {
    const masks = cut({ layers: { hidden_0: 'locked' }, granularity: '2:4', sparsity: 0 });
    expect(zerosIn(masks)).toEqual([0, 128, 16]);
  });
});

describe('neurons', () => {
  it('by layer, the total over both', () => {
    for (const allocation of allocations.ids) {
      const layers = { hidden_0: { sparsity: 0.25 } } as const;
      const masks = cut({ layers, granularity: 'neuron', allocation });
      expect([zeros(masks['hidden_0/bias']), zeros(masks['hidden_1/bias'])]).toEqual([4, 12]);
    }
  });

  it('a locked layer keeps every neuron; an output layer may be locked, which it always is', () => {
    const masks = cut({ layers: { hidden_1: 'locked', 'q/out': 'locked' }, granularity: 'neuron', sparsity: 0.4 });
    expect([zeros(masks['hidden_0/bias']), zeros(masks['hidden_1/bias'])]).toEqual([12, 0]);
  });
});

describe('a multiple of units', () => {
  const kept = (how: Omit<Cut, 'layers'>, multiple: number, layers: LayerChoices = {}): number[] => {
    const masks = cut({ granularity: 'neuron', ...how, layers, multiple, of: uneven });
    return ['hidden_0', 'hidden_1'].map((name) => [22, 13][Number(name.at(-1))]! - zeros(masks[`${name}/bias`]));
  };
  const uneven = sampleModel({ inputs: 4, hidden: [22, 13] });

  it('is the next from what would stay, or all there is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allocations.ids),
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 2, max: 8 }),
        (allocation, percent, multiple) => {
          const how = { allocation, sparsity: percent / 100 };
          const [one, other] = [kept(how, 1), kept(how, multiple)];
          other.forEach((count, l) => {
            const size = [22, 13][l]!;
            expect(count === size || count % multiple === 0).toBe(true);
            expect(count).toBeGreaterThanOrEqual(one[l]!);
            expect(count - one[l]!).toBeLessThan(multiple);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is kept by layers with a share of their own too', () => {
    // 11 of 22, and the rest of floor(0.5 · 35) = 17 from the other: 7 of 13 stay.
    expect(kept({ sparsity: 0.5 }, 1, { hidden_0: { sparsity: 0.5 } })).toEqual([11, 7]);
    expect(kept({ sparsity: 0.5 }, 4, { hidden_0: { sparsity: 0.5 } })).toEqual([12, 8]);
  });

  it('of weights is refused', () => {
    expect(() => cut({ layers: {}, multiple: 4 })).toThrow(MultipleOfWeightsError);
  });
});

describe('refused, with what would help', () => {
  it.each<[string, Cut, new (...given: never[]) => Error, RegExp, RegExp]>([
    [
      'an unknown layer',
      { layers: { dense_9: 'locked' } },
      UnknownNameError,
      /"dense_9"/,
      /hidden_0, hidden_1, q\/out/,
    ],
    [
      'neurons of an output layer',
      { layers: { 'q/out': { sparsity: 0.5 } }, granularity: 'neuron' },
      NothingToPruneError,
      /"q\/out"/,
      /hidden_0, hidden_1 only/,
    ],
    [
      'more than the others have',
      { layers: { hidden_1: 'locked' }, sparsity: 0.8 },
      LayerAmountsError,
      // 352 weights, of which 256 are locked and 1 + 2 have to stay.
      /^80 % of all cannot go with hidden_1 locked: at most 26\.42 % can$/,
      /no more than 26\.42 %, or let more of hidden_1/,
    ],
    [
      'less than a layer loses alone',
      { layers: { 'q/out': 'locked', hidden_1: { sparsity: 0.9 } }, sparsity: 0.2 },
      LayerAmountsError,
      // floor(0.9 · 256) = 230 of 352.
      /^with 90 % of hidden_1 removed and q\/out locked, at least 65\.34 % of all go, more than the 20 % asked for$/,
      /65\.35 % or more, or let less of hidden_1 go/,
    ],
    [
      'a total that all layers together miss',
      { layers: { hidden_0: { sparsity: 0.5 }, hidden_1: { sparsity: 0.5 }, 'q/out': 'locked' }, sparsity: 0.6 },
      LayerAmountsError,
      /60 % of all cannot go .* at most 45\.45 % can/,
      /45\.45 %/,
    ],
  ])('%s', (_, how, kind, message, hint) => {
    const error = thrownBy(() => cut(how));
    expect(error).toBeInstanceOf(kind);
    expect((error as UnknownNameError).message).toMatch(message);
    expect((error as UnknownNameError).hint).toMatch(hint);
  });

  it('what all layers together make is a total that can be asked for', () => {
    const layers = { hidden_0: { sparsity: 0.5 }, hidden_1: { sparsity: 0.5 }, 'q/out': 'locked' } as const;
    expect(zerosIn(cut({ layers, sparsity: 0.4545 }))).toEqual([32, 128, 0]);
  });
});
