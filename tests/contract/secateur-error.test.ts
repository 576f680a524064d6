// Any error as data, and back on the other side of a process.
import { expect, it } from 'vitest';
import { problemSchema, RelayedError, SecateurError, toProblem } from '../../src-main/contract/secateur-error.ts';

class SaplingError extends SecateurError {
  readonly kind = 'bad-input';
  constructor() {
    super('the sapling is too young', 'Wait a year.');
  }
}

const problem = {
  kind: 'bad-input',
  code: 'SaplingError',
  message: 'the sapling is too young',
  hint: 'Wait a year.',
} as const;

it('a typed error becomes a problem with its class as code', () => {
  expect(toProblem(new SaplingError())).toEqual(problem);
});

it('relayed from another process it is the same problem', () => {
  expect(toProblem(new RelayedError(problem))).toEqual(problem);
});

it.each([
  [new TypeError('x is not a function'), 'TypeError', 'x is not a function'],
  ['thrown text', 'UnknownError', 'thrown text'],
])('what nobody foresaw is our bug: %s', (thrown, code, message) => {
  expect(toProblem(thrown)).toMatchObject({ kind: 'internal', code, message });
});

it('what can be chosen instead goes along, and over again', () => {
  const open = { ...problem, choices: ['ash', 'beech'] };
  expect(toProblem(new RelayedError(open))).toEqual(open);
  expect(problemSchema.parse(open)).toEqual(open);
});
