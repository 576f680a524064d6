import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { applyMasks, type Masks } from '../../../src-main/engine/networks/parameters.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import {
  canRank,
  CriterionGranularityError,
  pruneTo,
  type Amount,
} from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { gatherScoringData, MissingScoringDataError, NO_DATA } from '../../../src-main/engine/pruning/scoring-data.ts';
import { compact } from '../../../src-main/engine/pruning/surgery/compact.ts';
import { unitGroups } from '../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { testBackend } from '../../test-backend.ts';
import { sampleModel, type ModelOutline } from '../networks/sample-models.ts';

interface Cut {
  readonly granularity?: string;
  readonly criterion?: string;
  readonly allocation?: string;
  readonly sparsity?: number;
  readonly threshold?: number;
  readonly seed?: number;
}

/** The model with the masks of one more cut. */
function cut(model: PolicyModel, options: Cut): PolicyModel {
  const {
    granularity = 'weight',
    criterion = 'l1',
    allocation = 'global',
    sparsity = 0.5,
    threshold,
    seed = 1,
  } = options;
  const chosen = criteria.get(criterion);
  const observations = Float32Array.from({ length: 30 }, (_, i) => Math.sin(i * 7));
  const input = {
    network: model.description.network,
    parameters: applyMasks(model.parameters, model.masks),
    masks: model.masks,
    criterion: chosen,
    data: gatherScoringData({ needs: chosen.needs, model, dense: model, backend: testBackend, observations }),
    random: new Random(seed),
  };
  const amount: Amount =
    threshold === undefined
      ? { kind: 'sparsity', sparsity, allocation: allocations.get(allocation) }
      : { kind: 'threshold', threshold };
  return { ...model, masks: pruneTo(granularities.get(granularity), input, amount) };
}

const zeros = (masks: Masks, suffix: string): number =>
  Object.entries(masks).reduce(
    (sum, [name, mask]) => sum + (name.endsWith(suffix) ? mask.filter((kept) => kept === 0).length : 0),
    0,
  );

const outline: fc.Arbitrary<ModelOutline> = fc.record({
  inputs: fc.constant(3),
  hidden: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
  actions: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom('q', 'dueling', 'actor-critic', 'shared'),
  activation: fc.constantFrom('relu', 'tanh'),
  seed: fc.nat(),
});
const able = (granularity: string): string[] =>
  criteria.all.filter((criterion) => canRank(criterion, granularities.get(granularity))).map(({ id }) => id);
/** Allocations that need no playing. */
const unplayed = allocations.all.filter(({ needs }) => needs !== 'sensitivity').map(({ id }) => id);
const cutOf = (granularity: string): fc.Arbitrary<Cut & { sparsity: number }> =>
  fc.record({
    granularity: fc.constant(granularity),
    criterion: fc.constantFrom(...able(granularity)),
    allocation: fc.constantFrom(...unplayed),
    sparsity: fc.integer({ min: 0, max: 99 }).map((percent) => percent / 100),
    seed: fc.nat(),
  });
const anyCut = fc.constantFrom(...granularities.ids).chain(cutOf);

describe('whatever is cut', () => {
  it('no layer is emptied, and an output layer keeps as many weights as it has outputs', () => {
    fc.assert(
      fc.property(outline, anyCut, (drawn, how) => {
        const model = sampleModel(drawn);
        const { masks } = cut(model, { ...how, sparsity: 0.99 });
        const outputs = model.description.network.heads.map((head) => head.layers.at(-1)!);
        for (const [name, mask] of Object.entries(masks)) expect(mask.includes(1), name).toBe(true);
        for (const layer of outputs) {
          if (layer.kind !== 'dense') continue;
          const kept = masks[`${layer.name}/kernel`]?.filter((m) => m === 1).length ?? Infinity;
          expect(kept).toBeGreaterThanOrEqual(layer.units);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('what was pruned stays pruned: more or less, by another criterion, at another granularity, by threshold', () => {
    const again = fc.oneof(
      anyCut,
      fc.record({ threshold: fc.double({ min: 0, max: 0.5, noNaN: true }), granularity: fc.constant('weight') }),
    );
    fc.assert(
      fc.property(outline, anyCut, again, (drawn, first, second) => {
        const once = cut(sampleModel(drawn), first);
        const twice = cut(once, second);
        for (const [name, mask] of Object.entries(once.masks)) {
          mask.forEach((kept, i) => {
            if (kept === 0) expect(twice.masks[name]?.[i], `${name}[${i}]`).toBe(0);
          });
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('weights', () => {
  it('the global threshold removes exactly floor(S·n) where no minimum stands against it', () => {
    fc.assert(
      fc.property(outline, fc.integer({ min: 0, max: 60 }), (drawn, percent) => {
        const model = sampleModel({ ...drawn, actions: 1, kind: 'q' });
        const total = Object.entries(model.parameters).reduce(
          (sum, [name, values]) => sum + (name.endsWith('/kernel') ? values.length : 0),
          0,
        );
        const pruned = cut(model, { criterion: 'lamp', sparsity: percent / 100 });
        expect(zeros(pruned.masks, '/kernel')).toBe(Math.floor((percent * total) / 100));
      }),
    );
  });

  it('l1 with one threshold is the ranking of all magnitudes', () => {
    const model = sampleModel({ hidden: [6, 5], actions: 1 });
    const { masks } = cut(model, { sparsity: 0.4 });
    const entries = Object.entries(masks).flatMap(([name, mask]) =>
      Array.from(mask, (kept, i) => ({ kept, magnitude: Math.abs(model.parameters[name]![i]!) })),
    );
    const gone = entries.filter(({ kept }) => kept === 0).map(({ magnitude }) => magnitude);
    const left = entries.filter(({ kept }) => kept === 1).map(({ magnitude }) => magnitude);
    expect(gone).toHaveLength(Math.floor(0.4 * entries.length));
    expect(Math.max(...gone)).toBeLessThan(Math.min(...left));
  });

  it('biases are never pruned alone', () => {
    expect(zeros(cut(sampleModel(), { sparsity: 0.9 }).masks, '/bias')).toBe(0);
  });

  it('a threshold λ removes |w| ≤ λ, equality included, and only that', () => {
    const model = sampleModel({ hidden: [8, 8] });
    const lambda = Math.abs(model.parameters['hidden_1/kernel']![5]!);
    const { masks } = cut(model, { threshold: lambda });
    for (const [name, mask] of Object.entries(masks)) {
      mask.forEach((kept, i) => {
        expect(kept === 0, `${name}[${i}]`).toBe(Math.abs(model.parameters[name]![i]!) <= lambda);
      });
    }
    expect(masks['hidden_1/kernel']![5]).toBe(0);
  });
});

describe('neurons', () => {
  it('a unit goes whole: its bias, all that enters it and all that leaves it, in every head', () => {
    fc.assert(
      fc.property(outline, cutOf('neuron'), (drawn, how) => {
        const model = sampleModel(drawn);
        const { masks } = cut(model, how);
        const groups = unitGroups(model.description.network);
        // Every kernel entry, from the masks of the units at both of its ends.
        const expected: Record<string, number[]> = {};
        for (const { layer, units, inputs, consumers } of groups) {
          const kept = masks[`${layer}/bias`]!;
          const incoming = (expected[`${layer}/kernel`] ??= new Array<number>(inputs * units).fill(1));
          incoming.forEach((_, i) => (incoming[i]! *= kept[i % units]!));
          for (const reader of consumers) {
            const outgoing = (expected[`${reader.layer}/kernel`] ??= new Array<number>(units * reader.units).fill(1));
            outgoing.forEach((_, i) => (outgoing[i]! *= kept[Math.floor(i / reader.units)]!));
          }
        }
        for (const [name, values] of Object.entries(expected)) expect(Array.from(masks[name]!), name).toEqual(values);
      }),
      { numRuns: 60 },
    );
  });

  it('the share removed is exact over all layers', () => {
    const model = sampleModel({ hidden: [16, 16] });
    expect(zeros(cut(model, { granularity: 'neuron', sparsity: 0.75 }).masks, '/bias')).toBe(24);
  });

  it('ranks a layer as its scores do, and across layers by the score over the mean of the layer', () => {
    const model = sampleModel({ hidden: [6, 6], actions: 3 });
    const { masks } = cut(model, { granularity: 'neuron', criterion: 'l2', sparsity: 0.5 });
    const relative = unitGroups(model.description.network).flatMap(({ layer, units, consumers }) => {
      const reader = consumers[0]!;
      const kernel = model.parameters[`${reader.layer}/kernel`]!;
      const norms = Array.from({ length: units }, (_, u) =>
        Math.hypot(...kernel.subarray(u * reader.units, (u + 1) * reader.units)),
      );
      const mean = norms.reduce((sum, norm) => sum + norm, 0) / units;
      return norms.map((norm, u) => ({ score: norm / mean, kept: masks[`${layer}/bias`]![u] }));
    });
    const worstKept = Math.min(...relative.filter(({ kept }) => kept === 1).map(({ score }) => score));
    const bestGone = Math.max(...relative.filter(({ kept }) => kept === 0).map(({ score }) => score));
    expect(bestGone).toBeLessThan(worstKept);
  });

  it('pruning a masked network further is pruning the compacted one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('l1', 'l2', 'norm-product'), (seed, criterion) => {
        const how = { granularity: 'neuron', criterion };
        const once = cut(sampleModel({ hidden: [8, 8], seed }), { ...how, sparsity: 0.5 });
        const masked = cut(once, { ...how, sparsity: 0.75 });
        const operated = cut(compact(once), { ...how, sparsity: 0.5 });
        const left = (model: PolicyModel): unknown => compact(model).parameters;
        expect(left(masked)).toEqual(left(operated));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a criterion that has no score for the piece is refused, with those that have', () => {
  it.each([
    { granularity: 'weight', criterion: 'activity', suggests: 'wanda-lamp' },
    { granularity: 'neuron', criterion: 'lamp', suggests: 'norm-product' },
    { granularity: '1:4', criterion: 'fpgm', suggests: 'wanda' },
  ])('$criterion for a $granularity', ({ granularity, criterion, suggests }) => {
    const attempt = (): unknown => cut(sampleModel(), { granularity, criterion });
    expect(attempt).toThrow(CriterionGranularityError);
    expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringContaining(suggests) as string }));
  });
});

describe('a criterion that is not given what it looks at is refused, not guessed', () => {
  const blind = criteria.all.filter(({ needs }) => needs !== 'nothing');
  it.each(
    blind.flatMap((criterion) =>
      granularities.all.filter((g) => canRank(criterion, g)).map((g) => [criterion, g] as const),
    ),
  )('$0.id for $1.id', (criterion, granularity) => {
    const { description, parameters, masks } = sampleModel();
    const input = { network: description.network, parameters, masks, criterion, data: NO_DATA, random: new Random(1) };
    expect(() => granularity.score(input)).toThrow(MissingScoringDataError);
    expect(() => granularity.score(input)).toThrow(criterion.needs);
  });
});
