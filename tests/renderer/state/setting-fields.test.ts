// Settings as they are typed: whatever a template says survives being shown and read, and what cannot be is said.
import { describe, expect, it } from 'vitest';
import { dqnConfigSchema } from '../../../src-main/contract/dqn.ts';
import { environmentOptionsSchema } from '../../../src-main/contract/environment-id.ts';
import { templates } from '../../../src-main/engine/agents/templates.ts';
import { settingsOf } from '../../../src-renderer/state/algorithms.ts';
import { enter, fieldKindOf, partsOf, typedFrom, type Typed } from '../../../src-renderer/state/setting-fields.ts';

const { shape } = dqnConfigSchema;
const typed = (name: keyof typeof shape, text: Typed) => enter(shape[name], fieldKindOf(shape[name]), text);

describe.each(templates.all.map((template) => [template.id, template] as const))('%s', (_, template) => {
  it('every setting comes back from its field as it was', () => {
    const config: Readonly<Record<string, unknown>> = template.config;
    for (const [name, schema] of Object.entries(settingsOf(template.algorithm))) {
      const kind = fieldKindOf(schema);
      expect([name, enter(schema, kind, typedFrom(kind, config[name]))]).toEqual([
        name,
        { ok: true, value: config[name] },
      ]);
    }
  });
});

it('settings are entered as what they are', () => {
  const kinds = Object.entries(shape).map(([name, schema]) => [name, fieldKindOf(schema)]);
  expect(Object.fromEntries(kinds)).toMatchObject({
    hiddenUnits: { kind: 'counts' },
    activation: { kind: 'choice', options: expect.arrayContaining(['relu', 'tanh']) as string[] },
    dueling: { kind: 'flag', optional: false },
    normalizeObservations: { kind: 'flag', optional: true },
    learningRate: { kind: 'number', integer: false, nullable: false },
    maxGradientNorm: { kind: 'number', integer: false, nullable: true },
    batchSize: { kind: 'number', integer: true, nullable: false },
    optimizer: { kind: 'json', optional: false },
    convolutions: { kind: 'json', optional: true },
  });
});

it('a few numbers that are there together, or not at all, are entered one by one', () => {
  const several = Object.entries(shape).filter(([, schema]) => partsOf(schema) !== null);
  expect(several.map(([name, schema]) => [name, Object.keys(partsOf(schema)!)])).toEqual([
    ['redo', ['threshold', 'every']],
    ['prioritizedReplay', ['alpha', 'beta', 'epsilon']],
  ]);
  const { alpha } = partsOf(shape.prioritizedReplay)!;
  const entered = (text: string) => enter(alpha!, fieldKindOf(alpha!), text);
  expect(entered('0.7')).toEqual({ ok: true, value: 0.7 });
  expect(entered('1.1')).toMatchObject({ ok: false, issue: { code: 'too_big', maximum: 1 } });
  expect(entered('').ok).toBe(false);
});

it('an option of an environment is absent where its field is empty', () => {
  const { stack, sticky } = environmentOptionsSchema.shape;
  const entered = (schema: typeof stack, text: string) => enter(schema, fieldKindOf(schema), text);
  expect(entered(stack, '')).toEqual({ ok: true, value: undefined });
  expect(entered(stack, '4')).toEqual({ ok: true, value: 4 });
  expect(entered(stack, '1').ok).toBe(false);
  expect(entered(stack, '2.5').ok).toBe(false);
  expect(entered(sticky, '0.25')).toEqual({ ok: true, value: 0.25 });
  expect(entered(sticky, 'often').ok).toBe(false);
});

describe('what is typed', () => {
  it.each([
    ['learningRate', '1e-3', 0.001],
    ['learningRate', ' 0.5 ', 0.5],
    ['maxGradientNorm', '', null],
    ['hiddenUnits', '64,32;  16', [64, 32, 16]],
    ['convolutions', '', undefined],
    ['optimizer', '{"kind":"sgd","momentum":0.9}', { kind: 'sgd', momentum: 0.9 }],
    ['dueling', true, true],
  ] as const)('%s: %s is taken', (name, text, value) => {
    expect(typed(name, text)).toEqual({ ok: true, value });
  });

  it.each([
    ['learningRate', ''],
    ['learningRate', '-1'],
    ['learningRate', '0'],
    ['learningRate', 'fast'],
    ['learningRate', '1,5'],
    ['batchSize', '1.5'],
    ['batchSize', '0'],
    ['batchSize', 'Infinity'],
    ['gamma', '1.01'],
    ['hiddenUnits', ''],
    ['hiddenUnits', '64, x'],
    ['hiddenUnits', '0'],
    ['optimizer', ''],
    ['optimizer', '{'],
    ['optimizer', '{"kind":"sgd","momentum":1}'],
    ['optimizer', '{"kind":"adam"}'],
  ] as const)('%s: "%s" is refused', (name, text) => {
    expect(typed(name, text).ok).toBe(false);
  });
});
