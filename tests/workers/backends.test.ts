// Choosing a backend by name.
import { expect, it } from 'vitest';
import { UnknownNameError } from '../../src-main/engine/registry.ts';
import { findBackend, loadBackend } from '../../src-main/workers/backends.ts';

it('auto is the kernels, which run wherever Node does', async () => {
  expect(findBackend('auto').id).toBe('kernels');
  expect((await loadBackend('auto')).name).toBe('kernels');
});

it('an unknown one is refused with those that are known', () => {
  expect(() => findBackend('abacus')).toThrow(UnknownNameError);
  expect(() => findBackend('abacus')).toThrow(/backend "abacus"/);
});
