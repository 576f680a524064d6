// Every method that there is to choose has a name and an explanation, in every language.
import { describe, expect, it } from 'vitest';
import { catalogueJob } from '../../../src-main/workers/jobs/catalogue.ts';
import { methods as en } from '../../../src-renderer/text/en/methods.ts';
import { methods as zh } from '../../../src-renderer/text/zh/methods.ts';

const result = catalogueJob();
if (result.kind !== 'catalogue') throw new Error('the catalogue job answers with the catalogue');
const { criteria, granularities, allocations, schedules, topologies, recoveries } = result.catalogue;
const listed = Object.entries({
  criterion: criteria,
  granularity: granularities,
  allocation: allocations,
  schedule: schedules,
  topology: topologies,
  recovery: recoveries,
}).flatMap(([kind, methods]) => methods.map((method) => ({ ...method, key: `${kind} ${method.id}` })));

describe.each(listed)('$key', ({ key, name, explanation }) => {
  it('is explained in English', () => {
    expect(name.trim()).not.toBe('');
    expect(explanation).toMatch(/^[A-Z].*\.$/);
  });

  it('is explained in Chinese', () => {
    expect(zh[key]?.name.trim()).toBeTruthy();
    expect(zh[key]?.explanation).toMatch(/^[^]*\p{Script=Han}[^]*。$/u);
  });
});

it.each([
  ['English', en],
  ['Chinese', zh],
])('%s says nothing of methods that do not exist', (_, methods) => {
  const keys = listed.map(({ key }) => key);
  expect(Object.keys(methods).filter((key) => !keys.includes(key))).toEqual([]);
});
