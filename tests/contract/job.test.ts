// What crosses between host and worker arrives as what it was, and anything else is refused.
import { expect, it } from 'vitest';
import { hostMessageSchema, jobRequestSchema, workerMessageSchema } from '../../src-main/contract/job.ts';
import { pruneRecipe } from './recipes.ts';

it('a Buffer, which Node makes of bytes on the way, becomes the plain bytes that were sent', () => {
  // Of a pool, as small buffers are: a view in the middle of a larger array.
  const buffer = Buffer.from(Uint8Array.of(9, 1, 2, 3, 9).buffer, 1, 3);
  const request = jobRequestSchema.parse({
    kind: 'import',
    file: { name: 'agent.zip', bytes: buffer },
    normalizer: null,
    recipe: null,
  });
  if (request.kind !== 'import') throw new Error('not an import');
  const { bytes } = request.file;
  expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
  expect([...bytes]).toEqual([1, 2, 3]);
  // `slice` of a Buffer shares its memory; of plain bytes it copies.
  const copy = bytes.slice();
  copy[0] = 77;
  expect(bytes[0]).toBe(1);
});

it.each([
  [
    'a list of numbers instead of bytes',
    { kind: 'import', file: { name: 'a', bytes: [1] }, normalizer: null, recipe: null },
  ],
  ['a job that nobody knows', { kind: 'format-disk' }],
  ['another recipe than the job', { kind: 'train', recipe: pruneRecipe({ kind: 'model', id: 'a' }) }],
])('refuses %s', (_, request) => {
  expect(hostMessageSchema.safeParse({ type: 'start', request }).success).toBe(false);
});

it.each([
  ['a message that nobody knows', { type: 'hello' }],
  ['a metric that is not a number', { type: 'metrics', metrics: [{ name: 'loss', step: 1, value: NaN }] }],
  ['a field too many', { type: 'log', level: 'info', text: 'a', color: 'red' }],
])('refuses %s from a worker', (_, message) => {
  expect(workerMessageSchema.safeParse(message).success).toBe(false);
});
