// A recipe that cannot be carried out is refused before anything is done for it.
import { describe, expect, it } from 'vitest';
import type { ManualMethod, Recipe } from '../../src-main/contract/recipe.ts';
import { ContinuousActionsError } from '../../src-main/engine/agents/dqn/network.ts';
import { ConvolutionInputError } from '../../src-main/engine/networks/convolutions.ts';
import { RunTooShortError } from '../../src-main/engine/agents/policy-gradient/config.ts';
import { checkRecipe, checkRecipeFits, NoEnvironmentThreadsError } from '../../src-main/engine/check-recipe.ts';
import { cartPole } from '../../src-main/engine/environments/cart-pole.ts';
import { environments } from '../../src-main/engine/environments/registry.ts';
import { ModelDoesNotFitError } from '../../src-main/engine/evaluation/model-fits.ts';
import { SeedOverlapError } from '../../src-main/engine/evaluation/seeds.ts';
import { readModelFile } from '../../src-main/engine/formats/registry.ts';
import { NothingToPlayError } from '../../src-main/engine/pruning/experience.ts';
import {
  CriterionGranularityError,
  NoMaskForLayersError,
  NothingToSpreadError,
} from '../../src-main/engine/pruning/granularity/granularity.ts';
import { NoSuchUnitsError } from '../../src-main/engine/pruning/granularity/whole-units.ts';
import { NOfMPatternError } from '../../src-main/engine/pruning/granularity/n-of-m.ts';
import { MovementWithoutTrainingError } from '../../src-main/engine/pruning/movement.ts';
import { LayerAmountsError, NothingToPruneError } from '../../src-main/engine/pruning/allocation/layer-choices.ts';
import { MultipleOfWeightsError } from '../../src-main/engine/pruning/allocation/multiples.ts';
import { NothingToRewindError, RewoundLayersError } from '../../src-main/engine/pruning/recovery/rewind.ts';
import { NoLadderError } from '../../src-main/engine/pruning/search/ladder.ts';
import {
  AllocationInTrainingError,
  CriterionInTrainingError,
  PruningPhaseError,
  TooFewUpdatesError,
  TopologyGranularityError,
} from '../../src-main/engine/pruning/check-training-pruning.ts';
import { RecyclingAlgorithmError } from '../../src-main/engine/pruning/recovery/redo.ts';
import { UnknownNameError } from '../../src-main/engine/registry.ts';
import {
  a2cRecipe,
  byHand,
  dataPruneRecipe,
  evaluateRecipe,
  exportRecipe,
  FEW_SEEDS,
  ppoRecipe,
  pruneRecipe,
  trainRecipe,
} from '../contract/recipes.ts';
import { thirdPartyAgent, thrownBy } from './formats/fixtures.ts';

const source = { kind: 'model', id: 'a' } as const;
const inTraining = {
  kind: 'gradual' as const,
  granularity: 'weight',
  criterion: 'l1',
  sparsity: 0.9,
  allocation: 'erk',
  schedule: 'polynomial',
  steps: 10,
  from: 0.2,
  to: 0.8,
};

const throughout = {
  kind: 'sparse' as const,
  granularity: 'weight',
  criterion: 'random',
  sparsity: 0.9,
  allocation: 'erk',
  topology: 'rigl',
  every: 50,
  drop: 0.3,
  until: 0.75,
};

it.each<Recipe>([
  pruneRecipe(source),
  pruneRecipe(source, { method: { kind: 'automatic', target: { kind: 'return', keep: 0.9 } } }),
  trainRecipe(),
  trainRecipe({ pruning: inTraining }),
  ppoRecipe({ pruning: inTraining }),
  a2cRecipe({ environment: 'Pendulum-v1' }),
  dataPruneRecipe(source, 'seen.npy'),
  dataPruneRecipe(source, 'seen.npy', {
    granularity: 'hybrid',
    method: { kind: 'automatic', target: { kind: 'agreement', keep: 0.9 } },
  }),
  pruneRecipe(source, { granularity: '2:4' }),
  pruneRecipe(source, { granularity: 'hybrid', method: { kind: 'automatic', target: { kind: 'return', keep: 0.9 } } }),
  trainRecipe({ pruning: { ...inTraining, granularity: '1:8' } }),
  pruneRecipe(source, { granularity: 'layer', method: { ...byHand, criterion: 'bypass' } }),
  pruneRecipe(source, { granularity: 'layer', method: { kind: 'automatic', target: { kind: 'return', keep: 0.9 } } }),
  trainRecipe({ pruning: throughout }),
  ppoRecipe({ pruning: { ...throughout, topology: 'set', criterion: 'snip' } }),
  a2cRecipe({ pruning: { ...throughout, topology: 'static', granularity: '2:4' } }),
  trainRecipe({ pruning: { ...throughout, topology: 'static', granularity: 'neuron' } }),
  evaluateRecipe(source),
  exportRecipe(source, 'out'),
])('lets a sound recipe to $kind pass', (recipe) => {
  expect(() => {
    checkRecipe(recipe);
  }).not.toThrow();
});

it.each<[string, Partial<ManualMethod>, RegExp]>([
  ['fine-tuning', { recovery: { method: 'fine-tune', updates: 10 } }, /^Use none, distill, or/],
  ['recycling', { recovery: { method: 'redo', updates: 10 } }, /distill/],
  ['evolution', { recovery: { method: 'evolve', updates: 10 } }, /distill/],
  ['the contribution to the return', { criterion: 'shapley-return' }, /shapley,|shapley or|wanda/],
  ['the allocation by sensitivity', { allocation: 'sensitivity' }, /erk/],
])('%s needs something to play in, and observations are not: refused with what goes instead', (_, method, hint) => {
  const recipe = dataPruneRecipe(source, 'seen.npy', { granularity: 'neuron', method: { ...byHand, ...method } });
  const error = thrownBy(() => {
    checkRecipe(recipe);
  });
  expect(error).toBeInstanceOf(NothingToPlayError);
  expect((error as NothingToPlayError).hint).toMatch(hint);
});

describe('an unknown name is refused with those that are known', () => {
  it.each<[string, Recipe, RegExp]>([
    ['environment', pruneRecipe(source, { environment: 'nope' }), /CartPole-v1/],
    ['environment', { ...exportRecipe(source, 'out'), environment: 'nope' }, /CartPole-v1/],
    ['environment', trainRecipe({ environment: 'nope' }), /CartPole-v1/],
    ['granularity', pruneRecipe(source, { granularity: 'nope' }), /weight, neuron/],
    ['criterion', pruneRecipe(source, { method: { ...byHand, criterion: 'nope' } }), /l1/],
    ['allocation', pruneRecipe(source, { method: { ...byHand, allocation: 'nope' } }), /erk/],
    ['schedule', pruneRecipe(source, { method: { ...byHand, schedule: 'nope' } }), /one-shot/],
    ['recovery', pruneRecipe(source, { method: { ...byHand, recovery: { method: 'nope', updates: 1 } } }), /distill/],
    ['granularity', trainRecipe({ pruning: { ...inTraining, granularity: 'nope' } }), /weight, neuron/],
    ['criterion', trainRecipe({ pruning: { ...inTraining, criterion: 'nope' } }), /l1/],
    ['schedule', trainRecipe({ pruning: { ...inTraining, schedule: 'nope' } }), /one-shot/],
    ['topology', trainRecipe({ pruning: { ...throughout, topology: 'nope' } }), /static, set, rigl/],
  ])('%s', (what, recipe, known) => {
    const error = thrownBy(() => {
      checkRecipe(recipe);
    });
    expect(error).toBeInstanceOf(UnknownNameError);
    expect((error as UnknownNameError).message).toBe(`unknown ${what} "nope"`);
    expect((error as UnknownNameError).hint).toMatch(known);
  });
});

it.each<[string, Recipe, new (...given: never[]) => Error]>([
  ['no pattern', pruneRecipe(source, { granularity: '4:2' }), NOfMPatternError],
  [
    'a criterion that ranks neurons only, for weights',
    pruneRecipe(source, { granularity: '2:4', method: { ...byHand, criterion: 'fpgm' } }),
    CriterionGranularityError,
  ],
  [
    'a criterion that ranks weights only, for neurons',
    trainRecipe({ pruning: { ...inTraining, granularity: 'neuron', criterion: 'lamp' } }),
    CriterionGranularityError,
  ],
  [
    'a criterion that ranks weights, for whole layers',
    pruneRecipe(source, { granularity: 'layer' }),
    CriterionGranularityError,
  ],
  [
    'whole layers spread by density',
    pruneRecipe(source, { granularity: 'layer', method: { ...byHand, criterion: 'bypass', allocation: 'erk' } }),
    NothingToSpreadError,
  ],
  [
    'whole layers while an agent learns',
    trainRecipe({ pruning: { ...inTraining, granularity: 'layer', criterion: 'bypass' } }),
    NoMaskForLayersError,
  ],
  [
    'rewinding where whole layers go',
    pruneRecipe(source, {
      granularity: 'layer',
      method: {
        ...byHand,
        criterion: 'bypass',
        rewind: 'weights',
        schedule: 'iterative',
        recovery: { method: 'distill', updates: 9 },
      },
    }),
    RewoundLayersError,
  ],
  ['RigL in a pattern', trainRecipe({ pruning: { ...throughout, granularity: '2:4' } }), TopologyGranularityError],
  [
    'SET of neurons',
    ppoRecipe({ pruning: { ...throughout, topology: 'set', granularity: 'neuron' } }),
    TopologyGranularityError,
  ],
  [
    'SNIP of neurons',
    trainRecipe({ pruning: { ...throughout, topology: 'static', granularity: 'neuron', criterion: 'snip' } }),
    CriterionGranularityError,
  ],
  [
    'SNIP while weights learn already',
    trainRecipe({ pruning: { ...inTraining, criterion: 'snip' } }),
    CriterionInTrainingError,
  ],
  [
    'a criterion that needs a finished policy, before training',
    trainRecipe({ pruning: { ...throughout, criterion: 'taylor' } }),
    CriterionInTrainingError,
  ],
  [
    'an allocation that plays, before training',
    trainRecipe({ pruning: { ...throughout, allocation: 'sensitivity' } }),
    AllocationInTrainingError,
  ],
  ['a first rewiring after the last', trainRecipe({ pruning: { ...throughout, every: 400 } }), TooFewUpdatesError],
  [
    'SNIP in a run that ends before it has looked',
    trainRecipe({ steps: 150, pruning: { ...throughout, topology: 'static', criterion: 'snip' } }),
    TooFewUpdatesError,
  ],
  [
    'pruning that ends before it begins',
    trainRecipe({ pruning: { ...inTraining, from: 0.8, to: 0.2 } }),
    PruningPhaseError,
  ],
  ['DQN of continuous actions', trainRecipe({ environment: 'Pendulum-v1' }), ContinuousActionsError],
  [
    'convolutions over what is no image',
    trainRecipe({ dqn: { ...trainRecipe().dqn, convolutions: [{ filters: 4, kernelSize: 3, stride: 1 }] } }),
    ConvolutionInputError,
  ],
  ['a run that is shorter than a rollout', ppoRecipe({ steps: 100 }), RunTooShortError],
  [
    'movement where nothing trains',
    pruneRecipe(source, { method: { ...byHand, criterion: 'movement', recovery: { method: 'none', updates: 9 } } }),
    MovementWithoutTrainingError,
  ],
  [
    'the automatic search in a pattern',
    pruneRecipe(source, { granularity: '2:4', method: { kind: 'automatic', target: { kind: 'return', keep: 0.9 } } }),
    NoLadderError,
  ],
  [
    'the hybrid search into a budget',
    pruneRecipe(source, {
      granularity: 'hybrid',
      method: { kind: 'automatic', target: { kind: 'bytes', bytes: 5000 } },
    }),
    NoLadderError,
  ],
])('%s is refused', (_, recipe, error) => {
  expect(() => {
    checkRecipe(recipe);
  }).toThrow(error);
});

it.each<[string, Recipe, new (...given: never[]) => Error]>([
  [
    'rewinding after a single cut',
    pruneRecipe(source, { method: { ...byHand, rewind: 'weights', recovery: { method: 'distill', updates: 9 } } }),
    NothingToRewindError,
  ],
  [
    'rewinding without recovery',
    pruneRecipe(source, { method: { ...byHand, rewind: 'learning-rate', schedule: 'iterative' } }),
    NothingToRewindError,
  ],
  ['a multiple of weights', pruneRecipe(source, { method: { ...byHand, multiple: 8 } }), MultipleOfWeightsError],
])('%s is refused', (_, recipe, error) => {
  expect(() => {
    checkRecipe(recipe);
  }).toThrow(error);
});

it('threads are refused for worlds that step in a process of their own', () => {
  const steppedElsewhere = () => {
    throw new Error('nothing is made to be checked');
  };
  environments.add({ ...cartPole, id: 'gym:Elsewhere-v0', createWorlds: steppedElsewhere });
  const recipe = { ...ppoRecipe(), environment: 'gym:Elsewhere-v0' };
  expect(() => {
    checkRecipe({ ...recipe, environmentThreads: 2 });
  }).toThrow(NoEnvironmentThreadsError);
  checkRecipe({ ...recipe, environmentThreads: 1 });
  checkRecipe(recipe);
  checkRecipe({ ...ppoRecipe(), environmentThreads: 2 });
});

it('seeds that are used twice are refused', () => {
  const recipe = evaluateRecipe(source);
  const seeds = { ...FEW_SEEDS, test: FEW_SEEDS.validation };
  expect(() => {
    checkRecipe({ ...recipe, seeds });
  }).toThrow(SeedOverlapError);
});

const cartPoleAgent = readModelFile(thirdPartyAgent('dqn-CartPole-v1.zip')).model;

it('a model is refused where it cannot act, and only there', () => {
  const fits = (recipe: Recipe) => () => {
    checkRecipeFits(recipe, cartPoleAgent);
  };
  expect(fits(pruneRecipe(source))).not.toThrow();
  expect(fits(exportRecipe(source, 'out'))).not.toThrow();
  expect(fits(pruneRecipe(source, { environment: 'Acrobot-v1' }))).toThrow(ModelDoesNotFitError);
});

it('recycling is refused for a model that is not of DQN', () => {
  const recipe = pruneRecipe(source, { method: { ...byHand, recovery: { method: 'redo', updates: 10 } } });
  const fits = (algorithm: 'dqn' | 'a2c') => () => {
    checkRecipeFits(recipe, { ...cartPoleAgent, description: { ...cartPoleAgent.description, algorithm } });
  };
  expect(fits('dqn')).not.toThrow();
  expect(fits('a2c')).toThrow(RecyclingAlgorithmError);
});

it.each(['manual', 'automatic'] as const)('channels are refused for a model that has none (%s)', (kind) => {
  const method = kind === 'manual' ? byHand : ({ kind, target: { kind: 'return', keep: 0.9 } } as const);
  const fits = (granularity: string) => () => {
    checkRecipeFits(pruneRecipe(source, { granularity, method }), cartPoleAgent);
  };
  expect(fits('unit')).not.toThrow();
  expect(fits('channel')).toThrow(NoSuchUnitsError);
});

it.each([
  { what: 'a layer that is not there', layers: { dense_9: 'locked' }, error: UnknownNameError },
  { what: 'more than unlocked layers have', layers: { dense_2: 'locked' }, error: LayerAmountsError },
  {
    what: 'units that are outputs',
    granularity: 'neuron',
    layers: { 'q/output': { sparsity: 0.5 } },
    error: NothingToPruneError,
  },
] as const)('an amount is refused for $what', ({ layers, error, ...changes }) => {
  const recipe = pruneRecipe(source, { ...changes, method: { ...byHand, layers } });
  expect(() => {
    checkRecipeFits(recipe, cartPoleAgent);
  }).toThrow(error);
});
