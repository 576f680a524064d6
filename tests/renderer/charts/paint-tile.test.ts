// The pixels of a heat map against colours worked out weight by weight.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourLimit, type HeatGrid } from '../../../src-renderer/charts/heat-map/heat-grid.ts';
import { paintTile, signedColours, TILE, tileSize } from '../../../src-renderer/charts/heat-map/paint-tile.ts';

const GROUND = [255, 255, 255] as const;
const colours = signedColours(GROUND);

/** Row by row; a value of null is a gap. */
function gridOf(rows: readonly (readonly (number | null)[])[]): HeatGrid {
  const columns = rows[0]!.length;
  return {
    columns,
    rows: rows.length,
    values: Float32Array.from(rows.flat(), (value) => value ?? 0),
    indexAt: (column, row) => (rows[row]![column] === null ? -1 : row * columns + column),
  };
}

function pixels(grid: HeatGrid, level: number, limit = 1): number[][] {
  const painted = paintTile({ grid, colours, limit, level, column: 0, row: 0 });
  return Array.from({ length: painted.length / 4 }, (_, i) => [...painted.slice(4 * i, 4 * i + 4)]);
}

describe('one pixel for each weight', () => {
  it('is the ground for zero, and the ends of the scale from the limit on', () => {
    const [zero, low, beyond, high] = pixels(gridOf([[0, -0.5, -7, 0.5]]), 0, 0.5);
    expect(zero).toEqual([...GROUND, 255]);
    expect(low).toEqual(beyond);
    expect(low![2]).toBeGreaterThan(low![0]!); // blue below
    expect(high![0]).toBeGreaterThan(high![2]!); // orange above
  });

  it('is darker for larger magnitudes, and never the ground for what is not zero', () => {
    const values = [1e-6, 0.01, 0.1, 0.3, 0.6, 1];
    for (const sign of [-1, 1]) {
      const sums = pixels(gridOf([values.map((value) => sign * value)]), 0).map(([r, g, b]) => r! + g! + b!);
      expect(sums).toEqual(sums.toSorted((a, b) => b - a));
      expect(Math.max(...sums)).toBeLessThan(3 * 255);
    }
  });

  it('is nothing in a gap', () => {
    expect(pixels(gridOf([[1, null]]), 0)[1]).toEqual([0, 0, 0, 0]);
  });
});

const cells = fc.option(fc.constantFrom(0, -1, -0.4, 0.2, 1), { nil: null });
const grids = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([columns, rows]) =>
    fc.array(fc.array(cells, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

it('far away a pixel is the mean colour of the weights that it stands for, as opaque as they are many', () => {
  fc.assert(
    fc.property(grids, fc.integer({ min: 1, max: 3 }), (rows, level) => {
      const grid = gridOf(rows);
      const near = pixels(grid, 0);
      const side = 2 ** level;
      const [width] = tileSize(grid, level, 0, 0);
      pixels(grid, level).forEach((pixel, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        const block = near.filter((_, at) => {
          const [column, row] = [at % grid.columns, Math.floor(at / grid.columns)];
          return Math.floor(column / side) === x && Math.floor(row / side) === y;
        });
        const seen = block.filter(([, , , alpha]) => alpha !== 0);
        expect(Math.abs(pixel[3]! - (255 * seen.length) / block.length)).toBeLessThanOrEqual(0.51);
        for (const channel of seen.length === 0 ? [] : [0, 1, 2]) {
          const mean = seen.reduce((sum, one) => sum + one[channel]!, 0) / seen.length;
          expect(Math.abs(pixel[channel]! - mean)).toBeLessThanOrEqual(0.51);
        }
      });
    }),
  );
});

it('tiles cover a grid without overlapping', () => {
  const grid: HeatGrid = { columns: 3136, rows: 512, values: new Float32Array(0), indexAt: () => -1 };
  for (const level of [0, 1, 3]) {
    const widths = Array.from(
      { length: Math.ceil(3136 / 2 ** level / TILE) },
      (_, i) => tileSize(grid, level, i, 0)[0],
    );
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(3136 / 2 ** level);
  }
});

describe('the limit of the colours', () => {
  it('is a magnitude that occurs, with nearly all others below it', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (i + 1));
    expect(colourLimit(values)).toBe(980);
  });

  it('leaves zeros out, and is something to divide by when there is nothing else', () => {
    expect(colourLimit(Float32Array.of(0, 0, 0, 3, 0))).toBe(3);
    expect(colourLimit(new Float32Array(5))).toBe(1);
  });
});
