// What is a recipe and what is not, and the JSON Schema that says so to others.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recipeJsonSchema } from '../../src-main/contract/recipe-json-schema.ts';
import { recipeSchema } from '../../src-main/contract/recipe.ts';
import {
  a2cRecipe,
  byHand,
  evaluateRecipe,
  exportRecipe,
  FEW_SEEDS,
  ppoRecipe,
  pruneRecipe,
  searchRecipe,
  trainRecipe,
} from './recipes.ts';

const source = { kind: 'file', path: 'agent.zip', normalizer: null } as const;
const recipes = [
  pruneRecipe(source),
  pruneRecipe(source, { method: { kind: 'automatic', target: { kind: 'return', keep: 0.95 } } }),
  pruneRecipe(source, { method: { kind: 'automatic', target: { kind: 'bytes', bytes: 20_000 } } }),
  pruneRecipe(source, { method: { kind: 'automatic', target: { kind: 'latency', microseconds: 1.5 } } }),
  searchRecipe(source),
  trainRecipe(),
  trainRecipe({ dqn: { ...trainRecipe().dqn, redo: { threshold: 0.025, every: 1000 } } }),
  a2cRecipe({
    pruning: {
      kind: 'sparse',
      granularity: 'weight',
      criterion: 'snip',
      sparsity: 0.9,
      allocation: 'global',
      topology: 'static',
      every: 250,
      drop: 0.3,
      until: 0.75,
    },
  }),
  ppoRecipe(),
  a2cRecipe(),
  evaluateRecipe(source, { kind: 'model', id: 'a-model' }),
  exportRecipe(source, 'out'),
];

it.each(recipes)('a recipe to $kind comes back from JSON as it went', (recipe) => {
  expect(recipeSchema.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
});

it('a recipe that has the share to keep where the first ones had it is read as what it says', () => {
  const target = { kind: 'return', keep: 0.9 } as const;
  expect(recipeSchema.parse({ ...pruneRecipe(source), method: { kind: 'automatic', keep: 0.9 } })).toEqual(
    pruneRecipe(source, { method: { kind: 'automatic', target } }),
  );
});

it('a recipe by hand that says nothing of single layers decides on none', () => {
  const { layers, ...older } = byHand;
  expect(layers).toEqual({});
  expect(recipeSchema.parse({ ...pruneRecipe(source), method: older })).toEqual(pruneRecipe(source));
});

const gradual = {
  granularity: 'weight',
  criterion: 'l1',
  sparsity: 0.9,
  allocation: 'erk',
  schedule: 'polynomial',
  steps: 10,
  from: 0.2,
  to: 0.8,
} as const;
const sparse = {
  kind: 'sparse',
  granularity: 'weight',
  criterion: 'random',
  sparsity: 0.9,
  allocation: 'erk',
  topology: 'rigl',
  every: 250,
  drop: 0.3,
  until: 0.75,
} as const;

it('a recipe of before there were kinds of pruning in training prunes gradually', () => {
  const named = trainRecipe({ pruning: { kind: 'gradual', ...gradual } });
  expect(recipeSchema.parse({ ...trainRecipe(), pruning: gradual })).toEqual(named);
  expect(recipeSchema.parse(named)).toEqual(named);
});

it.each([
  ['a threshold', { threshold: 0.1 }, 'pruning', /"threshold"/],
  ['a schedule', { schedule: 'polynomial' }, 'pruning', /"schedule"/],
  ['nothing that is dropped', { drop: 0 }, 'pruning.drop', /static/],
  ['no time between rewirings', { every: 0 }, 'pruning.every', />=1/],
  ['a kind that nobody knows', { kind: 'spares' }, 'pruning.kind', /sparse/],
])('training that is sparse throughout, with %s, is refused', (_, change, path, message) => {
  const { error } = recipeSchema.safeParse({ ...trainRecipe(), pruning: { ...sparse, ...change } });
  expect(error?.issues[0]?.path.join('.')).toBe(path);
  expect(error?.issues[0]?.message).toMatch(message);
});

describe('refused, naming the field', () => {
  const threshold = (value: number) => ({ ...byHand, amount: { kind: 'threshold' as const, threshold: value } });
  const sparsity = (value: number) => ({ ...byHand, amount: { kind: 'sparsity' as const, sparsity: value } });
  const automatic = (target: object) => ({ kind: 'automatic', target });
  const validation = (count: number) => ({ ...FEW_SEEDS, validation: { first: 1_000_000, count } });

  it.each([
    ['a negative λ', { method: threshold(-0.1) }, 'method.amount.threshold', /negative/],
    ['a sparsity of 1', { method: sparsity(1) }, 'method.amount.sparsity', /below 1/],
    ['a negative sparsity', { method: sparsity(-0.5) }, 'method.amount.sparsity', />=0/],
    ['more than the whole return', { method: automatic({ kind: 'return', keep: 1.5 }) }, 'method.target.keep', /<=1/],
    ['the same as first recipes had it', { method: { kind: 'automatic', keep: 1.5 } }, 'method.target.keep', /<=1/],
    ['half a byte', { method: automatic({ kind: 'bytes', bytes: 0.5 }) }, 'method.target.bytes', /int/],
    ['no time', { method: automatic({ kind: 'latency', microseconds: 0 }) }, 'method.target.microseconds', />0/],
    ['a target that nobody knows', { method: automatic({ kind: 'beauty' }) }, 'method.target.kind', /latency/],
    ['no target', { method: { kind: 'automatic' } }, 'method.target', /object/],
    [
      'a target and, beside it, a share',
      { method: { ...automatic({ kind: 'bytes', bytes: 9 }), keep: 1 } },
      'method',
      /"keep"/,
    ],
    ['a whole layer', { method: { ...byHand, layers: { q: { sparsity: 1 } } } }, 'method.layers.q.sparsity', /below 1/],
    ['one episode', { seeds: validation(1) }, 'seeds.validation.count', /at least 2 episodes/],
    ['half a seed', { seed: 0.5 }, 'seed', /int/],
    ['another version', { version: 2 }, 'version', /1/],
    ['a field that nobody knows', { sparsty: 0.5 }, '', /"sparsty"/],
    ['an unknown format', { export: { folder: 'a', formats: ['h5'], force: false } }, 'export.formats.0', /onnx/],
    ['a kind that nobody knows', { kind: 'purne' }, 'kind', /prune/],
  ])('%s', (_, change, path, message) => {
    const { error } = recipeSchema.safeParse({ ...pruneRecipe(source), ...change });
    expect(error?.issues[0]?.path.join('.')).toBe(path);
    expect(error?.issues[0]?.message).toMatch(message);
  });
});

describe('resources/recipe.schema.json', () => {
  const text = readFileSync(new URL('../../resources/recipe.schema.json', import.meta.url), 'utf8');

  it('is current: `npm run schema` writes it', () => {
    expect(text).toBe(recipeJsonSchema());
  });

  interface Described {
    additionalProperties: boolean;
    properties: { kind: { const: string }; algorithm?: { const: string } };
  }

  it('describes every kind of recipe and every algorithm, and allows no other fields', () => {
    const { oneOf } = JSON.parse(text) as { oneOf: (Described | { oneOf: Described[] })[] };
    const described = oneOf.flatMap((kind) => ('oneOf' in kind ? kind.oneOf : [kind]));
    expect(described.map(({ properties: { kind, algorithm } }) => algorithm?.const ?? kind.const)).toEqual([
      ...['dqn', 'ppo', 'a2c'],
      // In an environment, and on observations.
      ...['prune', 'prune'],
      ...['search', 'evaluate', 'export'],
    ]);
    expect(described.every(({ additionalProperties }) => !additionalProperties)).toBe(true);
  });
});

it('settings of another algorithm than the one named are refused', () => {
  const { ppo, ...rest } = ppoRecipe();
  const { error } = recipeSchema.safeParse({ ...rest, a2c: ppo });
  expect(error?.issues.map(({ path }) => path.join('.'))).toContain('ppo');
  expect(recipeSchema.safeParse({ ...rest, ppo, algorithm: 'sac' }).error?.issues[0]?.path).toEqual(['algorithm']);
});
