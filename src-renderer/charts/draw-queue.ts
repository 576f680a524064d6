// Drawing in the time that a frame of the screen leaves: when much streams, charts take turns and none makes it stutter.

/** Of the 16 ms of a frame; the rest is for everything else. */
const BUDGET_MS = 7;

const queue = new Set<() => void>();
let frame: number | null = null;

function drain(): void {
  const begun = performance.now();
  for (const draw of queue) {
    queue.delete(draw);
    draw();
    if (performance.now() - begun > BUDGET_MS) break;
  }
  frame = queue.size > 0 ? requestAnimationFrame(drain) : null;
}

/** Once, in one of the next frames, however often it is asked for until then. */
export function whenThereIsTime(draw: () => void): void {
  queue.add(draw);
  frame ??= requestAnimationFrame(drain);
}
