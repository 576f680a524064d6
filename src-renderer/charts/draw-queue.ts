// Drawing in the time that a frame of the screen leaves: when much streams, charts take turns and none makes it stutter.

/** Of the 16 ms of a frame; the rest is for everything else. */
const BUDGET_MS = 7;
/** A curve that grows is followed well by the eye at this pace; drawing a long one costs most of a frame. */
const PERIOD_MS = 200;

/** What is to be drawn, and from when on. */
const queue = new Map<() => void, number>();
const lastDrawn = new WeakMap<() => void, number>();
let frame: number | null = null;

function drain(): void {
  const begun = performance.now();
  for (const [draw, due] of queue) {
    if (due > begun) continue;
    queue.delete(draw);
    lastDrawn.set(draw, begun);
    draw();
    if (performance.now() - begun > BUDGET_MS) break;
  }
  frame = queue.size > 0 ? requestAnimationFrame(drain) : null;
}

/** Once, in one of the next frames, however often it is asked for until then; five times a second at most. */
export function whenThereIsTime(draw: () => void): void {
  if (!queue.has(draw)) queue.set(draw, (lastDrawn.get(draw) ?? -Infinity) + PERIOD_MS);
  frame ??= requestAnimationFrame(drain);
}
