// Which part of a plane of cells is in view: pure geometry, in CSS pixels.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Viewport {
  /** Pixels of a cell's side. */
  readonly scale: number;
  /** Where the first cell's corner is in the view. */
  readonly x: number;
  readonly y: number;
}

/** The largest side of a cell. */
const MOST = 96;
/** Around a plane that is all in view. */
const MARGIN = 2;
/** The part of the view that the plane never leaves. */
const KEPT = 48;

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** All of the plane in the middle of the view, no cell larger than `largest`. */
export function fit(plane: Size, view: Size, largest = 56): Viewport {
  const along = (cells: number, length: number): number => Math.max(1, length - 2 * MARGIN) / cells;
  const scale = Math.min(largest, along(plane.width, view.width), along(plane.height, view.height));
  return { scale, x: (view.width - plane.width * scale) / 2, y: (view.height - plane.height * scale) / 2 };
}

/** Keeps a part of the plane in view. */
function hold({ scale, x, y }: Viewport, plane: Size, view: Size): Viewport {
  const along = (at: number, cells: number, length: number): number =>
    between(Math.min(KEPT, length / 2) - cells * scale, at, length - Math.min(KEPT, length / 2));
  return { scale, x: along(x, plane.width, view.width), y: along(y, plane.height, view.height) };
}

export function pan(viewport: Viewport, by: { x: number; y: number }, plane: Size, view: Size): Viewport {
  return hold({ ...viewport, x: viewport.x + by.x, y: viewport.y + by.y }, plane, view);
}

/** The cell under `at` stays there. */
export function zoom(
  viewport: Viewport,
  factor: number,
  at: { x: number; y: number },
  plane: Size,
  view: Size,
): Viewport {
  const least = Math.min(fit(plane, view).scale, 1) / 2;
  const scale = between(least, viewport.scale * factor, MOST);
  const ratio = scale / viewport.scale;
  return hold({ scale, x: at.x - ratio * (at.x - viewport.x), y: at.y - ratio * (at.y - viewport.y) }, plane, view);
}

/** Moves as little as is needed to have a cell in view. */
export function reveal(viewport: Viewport, cell: Cell, view: Size): Viewport {
  const along = (at: number, index: number, length: number): number => {
    const [start, end] = [at + index * viewport.scale, at + (index + 1) * viewport.scale];
    return start < 0 ? at - start : end > length ? at - (end - length) : at;
  };
  return {
    scale: viewport.scale,
    x: along(viewport.x, cell.column, view.width),
    y: along(viewport.y, cell.row, view.height),
  };
}

export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** The cell at a point of the view; null beside the plane. */
export function cellAt({ scale, x, y }: Viewport, at: { x: number; y: number }, plane: Size): Cell | null {
  const [column, row] = [Math.floor((at.x - x) / scale), Math.floor((at.y - y) / scale)];
  return column >= 0 && column < plane.width && row >= 0 && row < plane.height ? { column, row } : null;
}
