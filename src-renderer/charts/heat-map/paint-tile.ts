// A part of a grid as pixels. On level L a pixel is the mean colour of 2^L × 2^L cells, so that however far away one looks,
// nothing is left out and nothing flickers.
import { signedColor } from '../palette.ts';
import type { HeatGrid } from './heat-grid.ts';

/** Pixels of a tile's side. */
export const TILE = 512;
/** Steps of colour on each side of zero. */
const STEPS = 255;

/** Red, green, blue of every step from −limit to limit, one after the other. */
export type Colours = Uint8Array;

/** @param background of zero, which makes it recede */
export function signedColours(background: readonly [number, number, number]): Colours {
  const colours = new Uint8Array(3 * (2 * STEPS + 1));
  for (let step = 0; step <= 2 * STEPS; step++) colours.set(signedColor((step - STEPS) / STEPS, background), 3 * step);
  return colours;
}

/** Where the colour of a number begins. A number that is not zero is never drawn as if it were. */
function colourOffset(value: number, limit: number): number {
  if (value === 0) return 3 * STEPS;
  const step = Math.max(1, Math.min(STEPS, Math.round((STEPS * Math.abs(value)) / limit)));
  return 3 * (value < 0 ? STEPS - step : STEPS + step);
}

/** Width and height in pixels of a tile: less than `TILE` at the right and lower end. */
export function tileSize(grid: HeatGrid, level: number, column: number, row: number): [number, number] {
  const left = (cells: number, before: number): number => Math.min(TILE, Math.ceil(cells / 2 ** level) - before * TILE);
  return [left(grid.columns, column), left(grid.rows, row)];
}

/**
 * @param column of the tile among those of its level
 * @returns red, green, blue, alpha, row by row; gaps are transparent
 */
export function paintTile(options: {
  readonly grid: HeatGrid;
  readonly colours: Colours;
  readonly limit: number;
  readonly level: number;
  readonly column: number;
  readonly row: number;
}): Uint8ClampedArray<ArrayBuffer> {
  const { grid, colours, limit, level } = options;
  const [width, height] = tileSize(grid, level, options.column, options.row);
  const side = 2 ** level;
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    const firstRow = (options.row * TILE + y) * side;
    const endRow = Math.min(grid.rows, firstRow + side);
    for (let x = 0; x < width; x++) {
      const firstColumn = (options.column * TILE + x) * side;
      const endColumn = Math.min(grid.columns, firstColumn + side);
      let [red, green, blue, cells] = [0, 0, 0, 0];
      for (let row = firstRow; row < endRow; row++) {
        for (let column = firstColumn; column < endColumn; column++) {
          const index = grid.indexAt(column, row);
          if (index < 0) continue;
          const offset = colourOffset(grid.values[index]!, limit);
          red += colours[offset]!;
          green += colours[offset + 1]!;
          blue += colours[offset + 2]!;
          cells++;
        }
      }
      if (cells === 0) continue;
      const pixel = 4 * (y * width + x);
      pixels[pixel] = red / cells;
      pixels[pixel + 1] = green / cells;
      pixels[pixel + 2] = blue / cells;
      pixels[pixel + 3] = (255 * cells) / ((endRow - firstRow) * (endColumn - firstColumn));
    }
  }
  return pixels;
}
