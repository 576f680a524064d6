// One frame of a heat map: the tiles in view, lines between cells that are large enough, the cell that is looked at.
import type { HeatGrid } from './heat-grid.ts';
import { TILE } from './paint-tile.ts';
import type { Tiles } from './tiles.ts';
import type { Cell, Size, Viewport } from './viewport.ts';

/** Pixels of a cell's side from which on it has a border, and from which on its number fits. */
const BORDERED = 7;
const LETTERED = 44;

export interface HeatFrame {
  readonly grid: HeatGrid;
  readonly tiles: Tiles;
  readonly viewport: Viewport;
  readonly view: Size;
  /** Pixels of the device per pixel of CSS. */
  readonly ratio: number;
  readonly cursor: Cell | null;
  readonly format: (value: number) => string;
  /** As CSS has them. */
  readonly look: { readonly line: string; readonly edge: string; readonly ink: string; readonly font: string };
}

/** Cells in view along one axis, and one more at each end. */
function inView(at: number, scale: number, length: number, cells: number): { first: number; end: number } {
  return {
    first: Math.max(0, Math.floor(-at / scale)),
    end: Math.min(cells, Math.ceil((length - at) / scale)),
  };
}

function drawTiles(context: CanvasRenderingContext2D, { grid, tiles, viewport, view, ratio }: HeatFrame): void {
  const { scale, x, y } = viewport;
  const level = Math.max(0, Math.floor(-Math.log2(scale * ratio)));
  const cells = TILE * 2 ** level;
  const columns = inView(x, scale * cells, view.width, Math.ceil(grid.columns / cells));
  const rows = inView(y, scale * cells, view.height, Math.ceil(grid.rows / cells));
  // Edges on whole pixels of the device: tiles meet without a seam.
  const edge = (at: number, cell: number): number => Math.round(ratio * (at + cell * scale));
  context.imageSmoothingEnabled = scale * ratio < 1;
  for (let row = rows.first; row < rows.end; row++) {
    const [top, bottom] = [edge(y, row * cells), edge(y, Math.min(grid.rows, (row + 1) * cells))];
    for (let column = columns.first; column < columns.end; column++) {
      const [left, right] = [edge(x, column * cells), edge(x, Math.min(grid.columns, (column + 1) * cells))];
      context.drawImage(tiles.get(level, column, row), left, top, right - left, bottom - top);
    }
  }
}

function drawBorders(context: CanvasRenderingContext2D, frame: HeatFrame): void {
  const { grid, viewport, view, ratio, look } = frame;
  const { scale, x, y } = viewport;
  if (scale < BORDERED) return;
  const columns = inView(x, scale, view.width, grid.columns);
  const rows = inView(y, scale, view.height, grid.rows);
  const edge = (at: number, cell: number): number => Math.round(ratio * (at + cell * scale)) + 0.5;
  context.strokeStyle = look.line;
  context.lineWidth = 1;
  context.beginPath();
  for (let column = columns.first; column <= columns.end; column++) {
    context.moveTo(edge(x, column), edge(y, rows.first));
    context.lineTo(edge(x, column), edge(y, rows.end));
  }
  for (let row = rows.first; row <= rows.end; row++) {
    context.moveTo(edge(x, columns.first), edge(y, row));
    context.lineTo(edge(x, columns.end), edge(y, row));
  }
  context.stroke();
}

/** Around the plane, whose zeros look like what is beside it. */
function drawEdge(context: CanvasRenderingContext2D, { grid, viewport, ratio, look }: HeatFrame): void {
  const { scale, x, y } = viewport;
  const edge = (at: number, cell: number): number => Math.round(ratio * (at + cell * scale));
  const [left, top] = [edge(x, 0), edge(y, 0)];
  context.strokeStyle = look.edge;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, edge(x, grid.columns) - left + 1, edge(y, grid.rows) - top + 1);
}

function drawNumbers(context: CanvasRenderingContext2D, frame: HeatFrame): void {
  const { grid, viewport, view, ratio, look, format } = frame;
  const { scale, x, y } = viewport;
  if (scale < LETTERED) return;
  const columns = inView(x, scale, view.width, grid.columns);
  const rows = inView(y, scale, view.height, grid.rows);
  context.font = look.font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = look.ink;
  for (let row = rows.first; row < rows.end; row++) {
    for (let column = columns.first; column < columns.end; column++) {
      const index = grid.indexAt(column, row);
      const value = index < 0 ? 0 : grid.values[index]!;
      if (value === 0) continue;
      context.fillText(format(value), ratio * (x + (column + 0.5) * scale), ratio * (y + (row + 0.5) * scale));
    }
  }
}

function drawCursor(context: CanvasRenderingContext2D, { viewport, ratio, cursor, look }: HeatFrame): void {
  if (cursor === null) return;
  const { scale, x, y } = viewport;
  const side = Math.max(ratio * scale, 3 * ratio);
  context.strokeStyle = look.ink;
  context.lineWidth = 1.5 * ratio;
  context.strokeRect(ratio * (x + cursor.column * scale), ratio * (y + cursor.row * scale), side, side);
}

/** Onto a canvas of `view` × `ratio` pixels. */
export function drawHeatMap(context: CanvasRenderingContext2D, frame: HeatFrame): void {
  const { view, ratio } = frame;
  context.clearRect(0, 0, Math.ceil(view.width * ratio), Math.ceil(view.height * ratio));
  drawTiles(context, frame);
  drawBorders(context, frame);
  drawEdge(context, frame);
  drawNumbers(context, frame);
  drawCursor(context, frame);
}
