// The bitmaps of a grid, painted when they come into view and kept for a while.
import type { HeatGrid } from './heat-grid.ts';
import { paintTile, tileSize, type Colours } from './paint-tile.ts';

/** About a megabyte each. */
const KEPT = 64;

export class Tiles {
  readonly #grid: HeatGrid;
  readonly #colours: Colours;
  readonly #limit: number;
  /** The last used last. */
  readonly #bitmaps = new Map<string, HTMLCanvasElement>();

  /** @param limit the magnitude at which colours end */
  constructor(grid: HeatGrid, colours: Colours, limit: number) {
    this.#grid = grid;
    this.#colours = colours;
    this.#limit = limit;
  }

  get(level: number, column: number, row: number): HTMLCanvasElement {
    const key = `${level} ${column} ${row}`;
    const bitmap = this.#bitmaps.get(key) ?? this.#paint(level, column, row);
    this.#bitmaps.delete(key);
    this.#bitmaps.set(key, bitmap);
    if (this.#bitmaps.size > KEPT) this.#bitmaps.delete(this.#bitmaps.keys().next().value!);
    return bitmap;
  }

  #paint(level: number, column: number, row: number): HTMLCanvasElement {
    const [width, height] = tileSize(this.#grid, level, column, row);
    const pixels = paintTile({
      grid: this.#grid,
      colours: this.#colours,
      limit: this.#limit,
      level,
      column,
      row,
    });
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')!.putImageData(new ImageData(pixels, width), 0, 0);
    return canvas;
  }
}
