import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchSpace } from '../../../../src-main/contract/recipe.ts';
import { checkRecipe } from '../../../../src-main/engine/check-recipe.ts';
import { CriterionGranularityError } from '../../../../src-main/engine/pruning/granularity/granularity.ts';
import { NOfMPatternError } from '../../../../src-main/engine/pruning/granularity/n-of-m.ts';
import { MovementWithoutTrainingError } from '../../../../src-main/engine/pruning/movement.ts';
import {
  combinationsOf,
  planSearch,
  RepeatedChoiceError,
  UnusableChoiceError,
} from '../../../../src-main/engine/pruning/search/plan-search.ts';
import { NoRemovableLayerError } from '../../../../src-main/engine/pruning/remove-layers.ts';
import { UnknownNameError } from '../../../../src-main/engine/registry.ts';
import { DEFAULT_SEARCH } from '../../../../src-main/contract/default-search.ts';
import { sampleModel } from '../../networks/sample-models.ts';
import { pruneRecipe, searchRecipe } from '../../../contract/recipes.ts';

const source = { kind: 'model', id: 'm' } as const;
const parent = sampleModel({ inputs: 4, hidden: [16, 16, 16] });
const wide: SearchSpace = {
  granularities: ['weight', 'unit'],
  criteria: ['l1', 'lamp', 'activity'],
  allocations: ['global', 'erk'],
  sparsities: [0.5, 0.9],
  schedules: ['one-shot', 'polynomial'],
  recoveries: ['none', 'distill'],
  automatic: true,
};

describe('the ways of pruning of a space', () => {
  it('are those that can be carried out, each once', () => {
    const combinations = combinationsOf(wide, { ...parent, network: parent.description.network });
    // l1 ranks both, lamp weights, activity units; nothing to do in steps where nothing heals.
    expect(combinations).toHaveLength((2 + 2) * 2 * 2 * (1 + 2));
    expect(new Set(combinations.map((one) => JSON.stringify(one))).size).toBe(combinations.length);
    for (const { granularity, criterion, allocation, schedule, sparsity } of combinations) {
      const recipe = pruneRecipe(source, { granularity });
      const method = { ...recipe.method, criterion, allocation, schedule, amount: { kind: 'sparsity', sparsity } };
      expect(() => {
        checkRecipe({ ...recipe, method } as typeof recipe);
      }).not.toThrow(CriterionGranularityError);
    }
  });

  it('are drawn fairly where there are more of them than trials, and by the seed alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 1000 }), (trials, seed) => {
        const recipe = searchRecipe(source, { space: wide, trials, seed });
        const { combinations, possible } = planSearch(recipe, parent);
        expect(possible).toBe(48);
        expect(combinations).toHaveLength(Math.min(48, trials));
        expect(planSearch(recipe, parent)).toEqual(planSearch({ ...recipe, processes: 7 }, parent));
        const counts = new Map<string, number>();
        for (const { granularity, sparsity } of combinations) {
          const key = `${granularity} ${sparsity}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        // Four strata of twelve.
        if (trials >= 4) expect(counts.size).toBe(4);
        expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('have whole layers once for every number that can go, by the one allocation that means something', () => {
    const space = { ...wide, granularities: ['weight', 'layer'], criteria: ['l1', 'bypass'], recoveries: ['none'] };
    const layersOf = (hidden: number[], sparsities: number[]): number[] => {
      const model = sampleModel({ inputs: 4, hidden });
      const { combinations } = planSearch(
        searchRecipe(source, { space: { ...space, sparsities }, trials: 1000 }),
        model,
      );
      const ofLayers = combinations.filter(({ granularity }) => granularity === 'layer');
      for (const { criterion, allocation } of ofLayers) expect([criterion, allocation]).toEqual(['bypass', 'global']);
      return ofLayers.map(({ sparsity }) => sparsity);
    };
    // Thirds of three layers; of which one stays.
    expect(layersOf([16, 16, 16], [0.9, 0.2, 0.4, 0.5, 0.7, 0.95])).toEqual([0.4, 0.7]);
    expect(layersOf([16, 16], [0.5, 0.9, 0.99])).toEqual([0.5]);
    expect(layersOf([16, 16], [0.3])).toEqual([]);
    expect(layersOf([16], [0.5, 0.9])).toEqual([]);
  });

  it('have the automatic method of layers where one can go, and nothing else to try is an error', () => {
    const space = { ...wide, granularities: ['layer'], criteria: ['bypass'] };
    const plan = (model: typeof parent, changes: Partial<SearchSpace> = {}): ReturnType<typeof planSearch> =>
      planSearch(searchRecipe(source, { space: { ...space, ...changes } }), model);
    expect(plan(parent).automatic).toEqual(['layer']);
    const shallow = sampleModel({ inputs: 4, hidden: [16] });
    expect(() => plan(shallow)).toThrow(NoRemovableLayerError);
    const both = { granularities: ['weight', 'layer'], criteria: ['l1', 'bypass'] };
    expect(plan(shallow, both).automatic).toEqual(['weight']);
  });

  it('the default search is sound', () => {
    expect(() => {
      checkRecipe(searchRecipe(source, DEFAULT_SEARCH));
    }).not.toThrow();
  });
});

describe('a space is refused', () => {
  it.each<[string, Partial<SearchSpace>, new (...args: never[]) => Error, RegExp]>([
    ['with a name that nobody knows', { criteria: ['l1', 'l3'] }, UnknownNameError, /criterion "l3"/],
    ['with a recovery that nobody knows', { recoveries: ['rest'] }, UnknownNameError, /recovery "rest"/],
    ['with a pattern that leaves all', { granularities: ['4:2'] }, NOfMPatternError, /4:2/],
    [
      'with a criterion that goes with nothing',
      { granularities: ['weight'] },
      UnusableChoiceError,
      /"activity".*weight/,
    ],
    [
      'with whole layers and nothing but allocations that spread',
      { granularities: ['weight', 'layer'], criteria: ['l1', 'bypass'], allocations: ['erk', 'uniform'] },
      UnusableChoiceError,
      /"layer".*erk, uniform/,
    ],
    ['with a granularity that goes with nothing', { criteria: ['lamp'] }, UnusableChoiceError, /"unit".*lamp/],
    [
      'that watches training where nothing trains',
      { criteria: ['movement'] },
      MovementWithoutTrainingError,
      /first rung/,
    ],
    ['that says something twice', { sparsities: [0.5, 0.9, 0.5] }, RepeatedChoiceError, /"0.5" twice/],
  ])('%s', (_, changes, error, says) => {
    const check = (): void => {
      checkRecipe(searchRecipe(source, { space: { ...wide, ...changes } }));
    };
    expect(check).toThrow(error);
    expect(check).toThrow(says);
  });
});
