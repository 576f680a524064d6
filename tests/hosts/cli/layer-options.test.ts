import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addLayerOptions, layersOf, type LayerOptions } from '../../../src-main/hosts/cli/layer-options.ts';

function parse(line: string): ReturnType<typeof layersOf> {
  const command = addLayerOptions(new Command().exitOverride());
  return layersOf(command.parse(line.split(' ').filter(Boolean), { from: 'user' }).opts<LayerOptions>());
}

it('layers with a share of their own, and locked ones, as often as needed', () => {
  expect(parse('--layer dense_1=0.5 --lock q --layer policy/dense=.9 --lock value')).toEqual({
    dense_1: { sparsity: 0.5 },
    'policy/dense': { sparsity: 0.9 },
    q: 'locked',
    value: 'locked',
  });
  expect(parse('')).toEqual({});
});

it('a multiple of units is 1 unless one is asked for', () => {
  const parsed = (line: string): LayerOptions =>
    addLayerOptions(new Command()).parse(line.split(' ').filter(Boolean), { from: 'user' }).opts<LayerOptions>();
  expect([parsed('').multiple, parsed('--multiple 8').multiple]).toEqual([1, 8]);
});

it.each([
  ['--layer dense_1', /dense_1: give a name and a share/],
  ['--layer dense_1=half', /dense_1=half: give a name/],
  ['--layer =0.5', /give a name/],
  ['--layer q=0.5 --lock q', /q: the layer is named twice/],
  ['--layer q=0.5 --layer q=0.6', /q: the layer is named twice/],
])('"%s" is refused', (line, problem) => {
  expect(() => parse(line)).toThrow(problem);
});
