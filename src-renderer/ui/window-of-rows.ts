// Which of many rows of equal height are in view: only those are rendered.

export interface RowWindow {
  /** Index of the first row to render, and the one after the last. */
  readonly first: number;
  readonly end: number;
  /** Pixels of the rows that are not rendered. */
  readonly above: number;
  readonly below: number;
}

/** Rendered beyond both edges, so that scrolling by a notch shows no gap. */
const OVERSCAN = 8;

/** @param top pixels that are scrolled away @param height of the view, pixels */
export function windowOfRows({
  top,
  height,
  rowHeight,
  count,
}: {
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}): RowWindow {
  const first = Math.min(count, Math.max(0, Math.floor(top / rowHeight) - OVERSCAN));
  const end = Math.max(first, Math.min(count, Math.ceil((top + height) / rowHeight) + OVERSCAN));
  return { first, end, above: first * rowHeight, below: (count - end) * rowHeight };
}
