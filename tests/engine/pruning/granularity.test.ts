import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { applyMasks, type Masks } from '../../../src-main/engine/networks/parameters.ts';
import { allLayers, placeNetwork } from '../../../src-main/engine/networks/shapes.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import {
  canRank,
  CriterionGranularityError,
  pruneTo,
  type Amount,
} from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { HybridAmountError } from '../../../src-main/engine/pruning/granularity/hybrid.ts';
import { NoSuchUnitsError } from '../../../src-main/engine/pruning/granularity/whole-units.ts';
import { playIn } from '../../../src-main/engine/pruning/experience.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { maskingOf } from './masking-of.ts';
import { gatherScoringData, MissingScoringDataError, NO_DATA } from '../../../src-main/engine/pruning/scoring-data.ts';
import { compact } from '../../../src-main/engine/pruning/surgery/compact.ts';
import { unitGroups } from '../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';
import { referenceForward } from '../../reference-network.ts';
import { sampleModel, type ModelOutline } from '../networks/sample-models.ts';
import { expectClose } from '../numerics/expect-close.ts';

const SEEDS = { train: { first: 0, count: 100 }, validation: { first: 100, count: 2 } };

interface Cut {
  readonly granularity?: string;
  readonly criterion?: string;
  readonly allocation?: string;
  readonly sparsity?: number;
  readonly threshold?: number;
  readonly seed?: number;
}

/** The model with the masks of one more cut. */
async function cut(model: PolicyModel, options: Cut): Promise<PolicyModel> {
  const {
    granularity = 'weight',
    criterion = 'l1',
    allocation = 'global',
    sparsity = 0.5,
    threshold,
    seed = 1,
  } = options;
  const chosen = criteria.get(criterion);
  const { inputSize } = placeNetwork(model.description.network);
  const observations = Float32Array.from({ length: 10 * inputSize }, (_, i) => Math.sin(i * i * 7));
  const random = new Random(seed);
  const data = await gatherScoringData(chosen.needs, {
    model,
    dense: model,
    backend: testBackend,
    observations,
    experience: playIn(cartPole, SEEDS),
    keepShare: null,
    movement: null,
    random,
    context: recordingContext(),
  });
  const input = {
    network: model.description.network,
    parameters: applyMasks(model.parameters, model.masks),
    masks: model.masks,
    criterion: chosen,
    data,
    random,
  };
  const amount: Amount =
    threshold === undefined
      ? { kind: 'sparsity', sparsity, allocation: allocations.get(allocation) }
      : { kind: 'threshold', threshold };
  return { ...model, masks: pruneTo(maskingOf(granularity), input, amount) };
}

/** The outputs when all positions of the units that are not kept are made zero behind their layer, without any mask. */
function silenced(model: PolicyModel, layer: string, keep: Uint8Array, observation: readonly number[]): number[] {
  const { network } = model.description;
  const { parameters } = model;
  const chain = [...network.trunk, ...network.heads[0]!.layers];
  const at = chain.findIndex(({ name }) => name === layer) + 1;
  const part = (layers: typeof chain, shape: readonly number[], values: readonly number[]): number[] =>
    referenceForward({
      network: { input: { shape, scale: 1 }, trunk: [], heads: [{ name: 'part', layers }], combine: 'concatenate' },
      parameters,
      observation: values,
    });
  const values = part(chain.slice(0, at), network.input.shape, observation);
  const { outputShape } = allLayers(placeNetwork(network)).find((placed) => placed.layer.name === layer)!;
  return part(
    chain.slice(at),
    outputShape,
    values.map((value, i) => value * keep[i % keep.length]!),
  );
}

const zeros = (masks: Masks, suffix: string): number =>
  Object.entries(masks).reduce(
    (sum, [name, mask]) => sum + (name.endsWith(suffix) ? mask.filter((kept) => kept === 0).length : 0),
    0,
  );

const outline: fc.Arbitrary<ModelOutline> = fc.record({
  image: fc.boolean(),
  inputs: fc.constant(3),
  hidden: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
  actions: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom('q', 'dueling', 'actor-critic', 'shared'),
  activation: fc.constantFrom('relu', 'tanh'),
  seed: fc.nat(),
});
const able = (granularity: string): string[] =>
  criteria.all
    // Those that play episodes or train are tested where they are.
    .filter(({ needs }) => needs !== 'return' && needs !== 'movement')
    .filter((criterion) => canRank(criterion, granularities.get(granularity)))
    .map(({ id }) => id);
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
const anyCut = fc.constantFrom(...granularities.ids.filter((id) => id !== 'layer')).chain(cutOf);
/** Channels are where there are images. */
const fitting = (drawn: ModelOutline, how: Cut): PolicyModel =>
  sampleModel(how.granularity === 'channel' ? { ...drawn, image: true } : drawn);

describe('whatever is cut', () => {
  it('no layer is emptied, and an output layer keeps as many weights as it has outputs', async () => {
    await fc.assert(
      fc.asyncProperty(outline, anyCut, async (drawn, how) => {
        const model = fitting(drawn, how);
        const { masks } = await cut(model, { ...how, sparsity: 0.99 });
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

  it('what was pruned stays pruned: more or less, by another criterion, at another granularity, by threshold', async () => {
    const again = fc.oneof(
      anyCut,
      fc.record({ threshold: fc.double({ min: 0, max: 0.5, noNaN: true }), granularity: fc.constant('weight') }),
    );
    await fc.assert(
      fc.asyncProperty(outline, anyCut, again, async (drawn, first, second) => {
        const model = second.granularity === 'channel' ? fitting(drawn, second) : fitting(drawn, first);
        const once = await cut(model, first);
        const twice = await cut(once, second);
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
  it('the global threshold removes exactly floor(S·n) where no minimum stands against it', async () => {
    await fc.assert(
      fc.asyncProperty(outline, fc.integer({ min: 0, max: 60 }), async (drawn, percent) => {
        const model = sampleModel({ ...drawn, actions: 1, kind: 'q' });
        const total = Object.entries(model.parameters).reduce(
          (sum, [name, values]) => sum + (name.endsWith('/kernel') ? values.length : 0),
          0,
        );
        const pruned = await cut(model, { criterion: 'lamp', sparsity: percent / 100 });
        expect(zeros(pruned.masks, '/kernel')).toBe(Math.floor((percent * total) / 100));
      }),
    );
  });

  it('l1 with one threshold is the ranking of all magnitudes', async () => {
    const model = sampleModel({ hidden: [6, 5], actions: 1 });
    const { masks } = await cut(model, { sparsity: 0.4 });
    const entries = Object.entries(masks).flatMap(([name, mask]) =>
      Array.from(mask, (kept, i) => ({ kept, magnitude: Math.abs(model.parameters[name]![i]!) })),
    );
    const gone = entries.filter(({ kept }) => kept === 0).map(({ magnitude }) => magnitude);
    const left = entries.filter(({ kept }) => kept === 1).map(({ magnitude }) => magnitude);
    expect(gone).toHaveLength(Math.floor(0.4 * entries.length));
    expect(Math.max(...gone)).toBeLessThan(Math.min(...left));
  });

  it('biases are never pruned alone', async () => {
    expect(zeros((await cut(sampleModel(), { sparsity: 0.9 })).masks, '/bias')).toBe(0);
  });

  it('a threshold λ removes |w| ≤ λ, equality included, and only that', async () => {
    const model = sampleModel({ hidden: [8, 8] });
    const lambda = Math.abs(model.parameters['hidden_1/kernel']![5]!);
    const { masks } = await cut(model, { threshold: lambda });
    for (const [name, mask] of Object.entries(masks)) {
      mask.forEach((kept, i) => {
        expect(kept === 0, `${name}[${i}]`).toBe(Math.abs(model.parameters[name]![i]!) <= lambda);
      });
    }
    expect(masks['hidden_1/kernel']![5]).toBe(0);
  });
});

describe('neurons and channels', () => {
  const unitCut = fc.constantFrom('neuron', 'channel', 'unit').chain(cutOf);

  it('a unit goes whole: its bias, all that enters it and all that leaves it, in every head', async () => {
    await fc.assert(
      fc.asyncProperty(outline, unitCut, async (drawn, how) => {
        const model = fitting(drawn, how);
        const { masks } = await cut(model, how);
        const groups = unitGroups(model.description.network).filter(
          ({ kind }) => how.granularity === 'unit' || how.granularity === kind,
        );
        // Every kernel entry, from the masks of the units at both of its ends.
        const expected: Record<string, number[]> = {};
        for (const { layer, units, inputs, consumers } of groups) {
          const kept = masks[`${layer}/bias`]!;
          const incoming = (expected[`${layer}/kernel`] ??= new Array<number>(inputs * units).fill(1));
          incoming.forEach((_, i) => (incoming[i]! *= kept[i % units]!));
          for (const reader of consumers) {
            const size = reader.rows * reader.units;
            const outgoing = (expected[`${reader.layer}/kernel`] ??= new Array<number>(size).fill(1));
            outgoing.forEach((_, i) => (outgoing[i]! *= kept[Math.floor(i / reader.units) % units]!));
          }
        }
        for (const [name, values] of Object.entries(expected)) expect(Array.from(masks[name]!), name).toEqual(values);
      }),
      { numRuns: 60 },
    );
  });

  it('a removed unit is one that puts out nothing, wherever it is read', () => {
    fc.assert(
      fc.property(outline, fc.nat(), (drawn, seed) => {
        const model = sampleModel({ ...drawn, image: true, kind: 'q' });
        const { network } = model.description;
        const random = new Random(seed);
        const observation = Array.from({ length: 32 }, () => random.normal());
        for (const { layer, units } of unitGroups(network)) {
          const keep = Uint8Array.from({ length: units }, () => random.integer(2));
          const masks = maskingOf('unit').masksFor(network, [{ name: layer, keep }]);
          const masked = referenceForward({ network, parameters: applyMasks(model.parameters, masks), observation });
          expectClose(silenced(model, layer, keep, observation), masked, 1e-5, layer);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('the share removed is exact over all layers', async () => {
    const model = sampleModel({ hidden: [16, 16] });
    expect(zeros((await cut(model, { granularity: 'neuron', sparsity: 0.75 })).masks, '/bias')).toBe(24);
  });

  it('ranks a layer as its scores do, and across layers by the score over the mean of the layer', async () => {
    const model = sampleModel({ hidden: [6, 6], actions: 3 });
    const { masks } = await cut(model, { granularity: 'neuron', criterion: 'l2', sparsity: 0.5 });
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

  it('pruning a masked network further is pruning the compacted one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('l1', 'l2', 'norm-product'), async (seed, criterion) => {
        const how = { granularity: 'neuron', criterion };
        const once = await cut(sampleModel({ hidden: [8, 8], seed }), { ...how, sparsity: 0.5 });
        const masked = await cut(once, { ...how, sparsity: 0.75 });
        const operated = await cut(compact(once), { ...how, sparsity: 0.5 });
        const left = (model: PolicyModel): unknown => compact(model).parameters;
        expect(left(masked)).toEqual(left(operated));
      }),
      { numRuns: 30 },
    );
  });
});

describe('hybrid', () => {
  const model = sampleModel({ image: true, hidden: [12, 10], actions: 3 });
  const { network } = model.description;
  const weightsOf = (masks: Masks): number =>
    Object.values(applyMasks(model.parameters, masks)).reduce(
      (sum, values, i) => sum + (i % 2 === 0 ? values.filter((w) => w !== 0).length : 0),
      0,
    );
  const total = weightsOf({});

  it('ends at the share of weights asked for, half of the way (in logarithms) by whole units', async () => {
    for (const sparsity of [0.3, 0.5, 0.8]) {
      const { masks } = await cut(model, {
        granularity: 'hybrid',
        criterion: 'activity',
        allocation: 'uniform',
        sparsity,
      });
      expect(weightsOf(masks)).toBe(total - Math.floor(sparsity * total));
      const kept = unitGroups(network).map(({ layer }) => ({ name: layer, keep: masks[`${layer}/bias`]! }));
      const removed = kept.reduce((sum, { keep }) => sum + keep.filter((k) => k === 0).length, 0);
      const between = weightsOf(maskingOf('unit').masksFor(network, kept));
      expect(removed).toBeGreaterThan(0);
      expect(between).toBeGreaterThanOrEqual(total * Math.sqrt(1 - sparsity));
      expect(between).toBeLessThan(total * Math.sqrt(1 - sparsity) * 1.25);
    }
  });

  it('the units that go are those that the criterion ranks last', async () => {
    const { masks } = await cut(model, { granularity: 'hybrid', criterion: 'l2', allocation: 'uniform' });
    const alone = await cut(model, { granularity: 'unit', criterion: 'l2', allocation: 'uniform', sparsity: 0.99 });
    for (const { layer } of unitGroups(network)) {
      // What stays when nearly all go stays here too.
      alone.masks[`${layer}/bias`]!.forEach((keep, unit) => {
        if (keep === 1) expect(masks[`${layer}/bias`]![unit]).toBe(1);
      });
    }
  });

  it('a threshold is refused: it would have to mean two things', async () => {
    await expect(cut(model, { granularity: 'hybrid', threshold: 1 })).rejects.toThrow(HybridAmountError);
  });
});

describe('a network without what is to be removed is refused, with what it has', () => {
  it.each([
    { granularity: 'channel', outline: {}, hint: /neuron or weight/ },
    { granularity: 'neuron', outline: { image: true, hidden: [] }, hint: /channel or weight/ },
    { granularity: 'unit', outline: { hidden: [] }, hint: /granularity weight/ },
  ])('$granularity', async ({ granularity, outline: drawn, hint }) => {
    const attempt = cut(sampleModel(drawn), { granularity });
    await expect(attempt).rejects.toThrow(NoSuchUnitsError);
    await expect(attempt).rejects.toMatchObject({ hint: expect.stringMatching(hint) as string });
  });
});

it('layers that lose nothing are named, with the reason', () => {
  const { description, parameters, masks } = sampleModel({ image: true, hidden: [5], kind: 'shared' });
  const { network } = description;
  const skipped = (granularity: string): string[] =>
    granularities
      .get(granularity)
      .skips({ network, parameters, masks })
      .map(({ layer, reason }) => `${layer}: ${reason}`);
  const outputs = ['policy/out', 'value/out'].map((layer) => `${layer}: its units are outputs of the network`);
  expect(skipped('unit')).toEqual(outputs);
  expect(skipped('channel')).toEqual(['hidden_0: it has neurons, which are not asked for', ...outputs]);
  expect(skipped('neuron')).toHaveLength(4);
  expect(skipped('weight')).toEqual([]);
});

describe('a criterion that has no score for the piece is refused, with those that have', () => {
  it.each([
    { granularity: 'weight', criterion: 'activity', suggests: 'wanda-lamp' },
    { granularity: 'neuron', criterion: 'lamp', suggests: 'norm-product' },
    { granularity: '1:4', criterion: 'fpgm', suggests: 'wanda' },
  ])('$criterion for a $granularity', async ({ granularity, criterion, suggests }) => {
    const attempt = cut(sampleModel(), { granularity, criterion });
    await expect(attempt).rejects.toThrow(CriterionGranularityError);
    await expect(attempt).rejects.toThrow(
      expect.objectContaining({ hint: expect.stringContaining(suggests) as string }),
    );
  });
});

describe('a criterion that is not given what it looks at is refused, not guessed', () => {
  const blind = criteria.all.filter(({ needs }) => needs !== 'nothing');
  it.each(
    blind.flatMap((criterion) =>
      granularities.all
        .filter((g) => g.ranks !== 'layers')
        .filter((g) => canRank(criterion, g))
        .map((g) => [criterion, g] as const),
    ),
  )('$0.id for $1.id', (criterion, granularity) => {
    const { description, parameters, masks } = sampleModel();
    const input = { network: description.network, parameters, masks, criterion, data: NO_DATA, random: new Random(1) };
    expect(() => granularity.score(input)).toThrow(MissingScoringDataError);
    expect(() => granularity.score(input)).toThrow(criterion.needs);
  });
});
