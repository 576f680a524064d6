import { describe, expect, it } from 'vitest';
import { kernelGrid } from '../../../src-renderer/features/inspector/kernel-grid.ts';

const shapes = [
  [7, 3],
  [3, 7],
  [4, 4],
  [1, 5],
  [3, 2, 4, 5],
  [2, 3, 6, 4],
  [1, 1, 3, 3],
] as const;
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

describe.each(shapes.map((shape) => ({ shape, name: shape.join('×') })))('a kernel of $name', ({ shape }) => {
  const grid = kernelGrid(shape, new Float32Array(sizeOf(shape)));

  it('has every weight in exactly one cell', () => {
    const seen: number[] = [];
    for (let row = 0; row < grid.rows; row++) {
      for (let column = 0; column < grid.columns; column++) {
        const index = grid.indexAt(column, row);
        expect(index >= 0).toBe(grid.placeAt(column, row) !== null);
        if (index >= 0) seen.push(index);
      }
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual([...Array(sizeOf(shape)).keys()]);
  });

  it('lies rather than stands', () => {
    if (shape.length === 2) expect(grid.columns).toBeGreaterThanOrEqual(grid.rows);
  });

  it('knows where in the kernel a cell is', () => {
    for (let row = 0; row < grid.rows; row++) {
      for (let column = 0; column < grid.columns; column++) {
        const place = grid.placeAt(column, row);
        if (place === null) continue;
        const [a, b, c, d] =
          place.kind === 'dense' ? [0, 0, place.input, place.unit] : [place.y, place.x, place.channel, place.filter];
        const [, width = 1, channels, units] = shape.length === 2 ? [1, 1, ...shape] : shape;
        expect(grid.indexAt(column, row)).toBe(((a * width + b) * channels + c) * units + d);
      }
    }
  });
});

it('the patches of a convolution are apart, and each is one channel of one filter', () => {
  const grid = kernelGrid([2, 2, 1, 3], new Float32Array(12));
  expect([grid.columns, grid.rows]).toEqual([3 * 2 + 2, 2]);
  expect(grid.placeAt(2, 0)).toBeNull();
  expect(grid.placeAt(3, 1)).toEqual({ kind: 'conv2d', y: 1, x: 0, channel: 0, filter: 1 });
});
