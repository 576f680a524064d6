import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { choosePython, GymnasiumTimeoutError } from '../../../src-main/workers/gymnasium/choose-python.ts';

it.each([
  [{}, undefined, 'python3'],
  [{}, '/opt/python', '/opt/python'],
  [{ SECATEUR_PYTHON: 'pypy3' }, '/opt/python', 'pypy3'],
  [{ SECATEUR_PYTHON: '' }, '/opt/python', '/opt/python'],
  [{ SECATEUR_PYTHON: '.venv/bin/python' }, undefined, resolve('.venv/bin/python')],
])('%j and the setting %s mean %s', (variables, chosen, python) => {
  expect(choosePython(variables, chosen).python).toBe(python);
});

it('waits longer for what is made than for a step, or as long as it is told', () => {
  const { step, make } = choosePython({}, undefined).patience;
  expect(make).toBeGreaterThan(step);
  expect(choosePython({ SECATEUR_GYMNASIUM_TIMEOUT: '2.5' }, undefined).patience).toEqual({ step: 2500, make: 2500 });
  expect(() => choosePython({ SECATEUR_GYMNASIUM_TIMEOUT: 'long' }, undefined)).toThrow(GymnasiumTimeoutError);
  expect(() => choosePython({ SECATEUR_GYMNASIUM_TIMEOUT: '0' }, undefined)).toThrow(GymnasiumTimeoutError);
});
