import { expect, it } from 'vitest';
import { applyMasks, cloneParameters } from '../../../src-main/engine/networks/parameters.ts';

const parameters = { 'a/kernel': Float32Array.of(1, -2, 3), 'a/bias': Float32Array.of(4) };

it('masks zero what they prune, in a copy', () => {
  const masked = applyMasks(parameters, { 'a/kernel': Uint8Array.of(1, 0, 1), 'b/kernel': Uint8Array.of(0) });
  expect(masked).toEqual({ 'a/kernel': Float32Array.of(1, 0, 3), 'a/bias': Float32Array.of(4) });
  expect(parameters['a/kernel']).toEqual(Float32Array.of(1, -2, 3));
});

it('a clone shares nothing', () => {
  const clone = cloneParameters(parameters);
  clone['a/bias']![0] = 9;
  expect(parameters['a/bias'][0]).toBe(4);
});
