import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkSpecification } from '../../../src-main/contract/network.ts';
import { initializeParameters } from '../../../src-main/engine/networks/initialize.ts';
import type { Masks, Parameters } from '../../../src-main/engine/networks/parameters.ts';
import { parameterShapes } from '../../../src-main/engine/networks/shapes.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { pruneTo, type Amount } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { NOfMPatternError } from '../../../src-main/engine/pruning/granularity/n-of-m.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { maskingOf } from './masking-of.ts';
import { NO_DATA } from '../../../src-main/engine/pruning/scoring-data.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';
import { sampleNetwork } from '../networks/sample-models.ts';

/** Allocations that need no playing. */
const unplayed = allocations.all.filter(({ needs }) => needs !== 'sensitivity').map(({ id }) => id);

interface Cut {
  readonly network: NetworkSpecification;
  readonly pattern: string;
  readonly criterion?: string;
  readonly amount?: Amount;
  readonly masks?: Masks;
}
const atLeast = (sparsity: number, allocation = 'global'): Amount => ({
  kind: 'sparsity',
  sparsity,
  allocation: allocations.get(allocation),
});

function cut({ network, pattern, criterion = 'l1', amount = atLeast(0), masks = {} }: Cut): {
  masks: Masks;
  parameters: Parameters;
} {
  const parameters = initializeParameters(network, new Random(5));
  const scored = {
    network,
    parameters,
    masks,
    criterion: criteria.get(criterion),
    data: NO_DATA,
    random: new Random(1),
  };
  return { parameters, masks: pruneTo(maskingOf(pattern), scored, amount) };
}

/** Indices of every group, by walking the kernel's dimensions one by one. */
function groupsOf(shape: readonly number[], m: number): number[][] {
  const groups = new Map<string, number[]>();
  const [inputs, units] = [shape.at(-2)!, shape.at(-1)!];
  const size = shape.reduce((product, d) => product * d, 1);
  for (let index = 0; index < size; index++) {
    const unit = index % units;
    const input = Math.floor(index / units) % inputs;
    const key = [Math.floor(index / units / inputs), Math.floor(input / m), unit].join();
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups.values()];
}

const convolutional: NetworkSpecification = {
  input: { shape: [4, 4, 6], scale: 1 },
  trunk: [
    {
      kind: 'conv2d',
      name: 'conv',
      filters: 5,
      kernelSize: [2, 3],
      strides: [1, 1],
      padding: 'same',
      activation: 'relu',
    },
    { kind: 'flatten', name: 'flatten' },
  ],
  heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q/out', units: 2, activation: 'linear' }] }],
  combine: 'concatenate',
};
const anyNetwork = fc.oneof(
  fc.constant(convolutional),
  fc
    .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 2 })
    .map((hidden) => sampleNetwork({ inputs: 5, hidden })),
);
const anyPattern = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }))
  .map(([n, more]) => ({ n, m: n + more, pattern: `${n}:${n + more}` }));
const anyCriterion = fc.constantFrom(
  ...criteria.all
    .filter(({ needs, scoreWeights }) => needs === 'nothing' && scoreWeights !== undefined)
    .map(({ id }) => id),
);

describe('the pattern', () => {
  it('holds in every group of every kernel, whatever the criterion, the amount and what was pruned before', () => {
    const amounts = fc.oneof(
      fc
        .tuple(fc.integer({ min: 0, max: 95 }), fc.constantFrom(...unplayed))
        .map(([percent, allocation]) => atLeast(percent / 100, allocation)),
      fc.record({ kind: fc.constant('threshold' as const), threshold: fc.double({ min: 0, max: 0.4, noNaN: true }) }),
    );
    fc.assert(
      fc.property(
        anyNetwork,
        anyPattern,
        anyCriterion,
        amounts,
        fc.boolean(),
        (network, how, criterion, amount, twice) => {
          const before = twice
            ? cut({ network, pattern: 'weight', criterion: 'random', amount: atLeast(0.3) }).masks
            : {};
          const { masks } = cut({ network, pattern: how.pattern, criterion, amount, masks: before });
          for (const [name, shape] of Object.entries(parameterShapes(network))) {
            if (!name.endsWith('/kernel')) continue;
            const mask = masks[name]!;
            expect(mask.includes(1), name).toBe(true);
            for (const group of groupsOf(shape, how.m)) {
              expect(group.filter((index) => mask[index] === 1).length).toBeLessThanOrEqual(how.n);
              for (const index of group) if (before[name]?.[index] === 0) expect(mask[index]).toBe(0);
            }
          }
        },
      ),
    );
  });

  it('alone takes nothing but the smallest of each group', () => {
    fc.assert(
      fc.property(anyNetwork, anyPattern, (network, { n, m, pattern }) => {
        const { masks, parameters } = cut({ network, pattern });
        for (const [name, shape] of Object.entries(parameterShapes(network))) {
          if (!name.endsWith('/kernel')) continue;
          for (const group of groupsOf(shape, m)) {
            const magnitude = (index: number): number => Math.abs(parameters[name]![index]!);
            const kept = group.filter((index) => masks[name]![index] === 1);
            const gone = group.filter((index) => masks[name]![index] === 0);
            expect(kept).toHaveLength(Math.min(n, group.length));
            if (gone.length > 0)
              expect(Math.max(...gone.map(magnitude))).toBeLessThan(Math.min(...kept.map(magnitude)));
          }
        }
      }),
    );
  });

  it('2:4 is half of a kernel whose inputs divide by four; more than that comes out of what is left', () => {
    const network = sampleNetwork({ inputs: 8, hidden: [12, 8] });
    const share = (amount: Amount): number => {
      const kernels = Object.values(cut({ network, pattern: '2:4', amount }).masks).flatMap((mask) => [...mask]);
      return kernels.filter((kept) => kept === 0).length / kernels.length;
    };
    expect(share(atLeast(0))).toBe(0.5);
    expect(share(atLeast(0.5))).toBe(0.5);
    expect(share(atLeast(0.75))).toBe(0.75);
  });
});

describe('names', () => {
  it('any N:M is a granularity, and the listed one is found by its name too', () => {
    expect(granularities.get('3:8')).toMatchObject({ id: '3:8', ranks: 'weights' });
    expect(granularities.ids).toContain('2:4');
  });

  it.each(['4:2', '2:2', '0:4', ':', '2:', 'a:b', '2:4:8', ' 2:4', '1.5:4', '-1:4'])('"%s" is refused', (id) => {
    expect(() => granularities.get(id)).toThrow(NOfMPatternError);
    expect(() => granularities.get(id)).toThrow(`"${id}"`);
  });

  it('a name without a colon is unknown, and the error lists a pattern', () => {
    const attempt = (): unknown => granularities.get('2-4');
    expect(attempt).toThrow(UnknownNameError);
    expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringContaining('2:4') as string }));
  });
});
