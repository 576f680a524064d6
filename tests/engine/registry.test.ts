import { expect, it } from 'vitest';
import { Registry, UnknownNameError } from '../../src-main/engine/registry.ts';

const registry = new Registry('colour', [{ id: 'red' }, { id: 'green' }]);

it('hands out what is registered, in order', () => {
  expect(registry.get('green')).toBe(registry.all[1]);
  expect(registry.ids).toEqual(['red', 'green']);
});

it('says what is known when asked for something else', () => {
  const ask = (): unknown => registry.get('blue');
  expect(ask).toThrow(UnknownNameError);
  expect(ask).toThrow(expect.objectContaining({ message: 'unknown colour "blue"', hint: 'Known: red, green.' }));
});

it('knows nothing that every object has', () => {
  expect(() => registry.get('constructor')).toThrow(UnknownNameError);
});
