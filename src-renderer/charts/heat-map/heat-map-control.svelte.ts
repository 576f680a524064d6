// How a heat map is moved about in: what pointers, wheel and keys do to its viewport, and which cell is looked at.
import { cellAt, fit, pan, reveal, zoom, type Cell, type Size, type Viewport } from './viewport.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One press of a zoom key or button. */
const STEP = 1.5;

/** Relative to the map. */
function pointOf(event: PointerEvent | WheelEvent): Point {
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

export class HeatMapControl {
  #plane = $state.raw<Size | null>(null);
  #view = $state.raw<Size | null>(null);
  /** Null: all of the plane is in view, whatever the sizes. */
  #moved = $state.raw<Viewport | null>(null);
  #cursor = $state.raw<Cell | null>(null);
  readonly #pointers = new Map<number, Point>();

  set plane(plane: Size) {
    if (this.#plane?.width === plane.width && this.#plane.height === plane.height) return;
    this.#plane = plane;
    this.#moved = null;
    this.#cursor = null;
  }

  get view(): Size | null {
    return this.#view;
  }

  set view(view: Size) {
    this.#view = view;
  }

  /** The cell under the pointer, or where the keys went. */
  get cursor(): Cell | null {
    return this.#cursor;
  }

  /** Null until both sizes are known. */
  get viewport(): Viewport | null {
    if (this.#plane === null || this.#view === null || this.#view.width === 0) return null;
    return this.#moved ?? fit(this.#plane, this.#view);
  }

  readonly fit = (): void => {
    this.#moved = null;
  };

  readonly zoomIn = (): void => {
    this.#zoom(STEP, this.#centre());
  };

  readonly zoomOut = (): void => {
    this.#zoom(1 / STEP, this.#centre());
  };

  readonly press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, pointOf(event));
  };

  readonly move = (event: PointerEvent): void => {
    const at = pointOf(event);
    const before = this.#pointers.get(event.pointerId);
    if (before !== undefined) {
      const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
      if (other !== undefined)
        this.#zoom(distance(at, other) / Math.max(1, distance(before, other)), middle(at, other));
      this.#pan(
        other === undefined
          ? { x: at.x - before.x, y: at.y - before.y }
          : { x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 },
      );
      this.#pointers.set(event.pointerId, at);
    }
    this.#look(at);
  };

  readonly release = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId);
  };

  readonly leave = (): void => {
    this.#cursor = null;
  };

  /** Attached by hand: only a listener that is not passive may keep the page from scrolling. */
  readonly wheel = (element: HTMLElement): (() => void) => {
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      if (event.shiftKey) this.#pan({ x: -event.deltaY - event.deltaX, y: 0 });
      else this.#zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), pointOf(event));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => {
      element.removeEventListener('wheel', turn);
    };
  };

  readonly key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Partial<Record<string, Cell>> = {
      ArrowLeft: { column: -1, row: 0 },
      ArrowRight: { column: 1, row: 0 },
      ArrowUp: { column: 0, row: -1 },
      ArrowDown: { column: 0, row: 1 },
    };
    const step = steps[event.key];
    if (step !== undefined) this.#step(step, event.shiftKey ? 10 : 1);
    else if (event.key === '+' || event.key === '=') this.zoomIn();
    else if (event.key === '-') this.zoomOut();
    else if (event.key === '0') this.fit();
    else return;
    event.preventDefault();
  };

  #centre(): Point {
    const { viewport, cursor } = this;
    if (viewport !== null && cursor !== null) {
      const along = (at: number, index: number): number => at + (index + 0.5) * viewport.scale;
      return { x: along(viewport.x, cursor.column), y: along(viewport.y, cursor.row) };
    }
    return { x: (this.#view?.width ?? 0) / 2, y: (this.#view?.height ?? 0) / 2 };
  }

  #zoom(factor: number, at: Point): void {
    if (this.viewport !== null) this.#moved = zoom(this.viewport, factor, at, this.#plane!, this.#view!);
  }

  #pan(by: Point): void {
    if (this.viewport !== null) this.#moved = pan(this.viewport, by, this.#plane!, this.#view!);
  }

  #look(at: Point): void {
    if (this.viewport !== null) this.#cursor = cellAt(this.viewport, at, this.#plane!);
  }

  #step({ column, row }: Cell, times: number): void {
    if (this.viewport === null) return;
    const { width, height } = this.#plane!;
    const within = (index: number, end: number): number => Math.min(end - 1, Math.max(0, index));
    this.#cursor =
      this.#cursor === null
        ? { column: 0, row: 0 }
        : {
            column: within(this.#cursor.column + column * times, width),
            row: within(this.#cursor.row + row * times, height),
          };
    this.#moved = reveal(this.viewport, this.#cursor, this.#view!);
  }
}
