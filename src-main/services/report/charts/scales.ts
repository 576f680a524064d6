// From values to positions, and the round values at which an axis is labelled.

export type Scale = (value: number) => number;
type Pair = readonly [number, number];

export function linearScale(domain: Pair, range: Pair): Scale {
  const width = domain[1] - domain[0];
  return (value) => (width === 0 ? range[0] : range[0] + ((value - domain[0]) / width) * (range[1] - range[0]));
}

/** log(1 + count): as good as a logarithm from ten on, and zero has a place. */
export function countScale(domain: Pair, range: Pair): Scale {
  const inner = linearScale([Math.log1p(domain[0]), Math.log1p(domain[1])], range);
  return (count) => inner(Math.log1p(count));
}

/** Multiples of 1, 2 or 5 · 10ⁿ inside of [low, high], about `count` of them. */
export function linearTicks([low, high]: Pair, count: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** The powers of ten inside of [low, high]; zero too where it is inside. */
export function countTicks([low, high]: Pair): number[] {
  const ticks = low <= 0 ? [0] : [];
  for (let tick = 1; tick <= high; tick *= 10) if (tick >= low) ticks.push(tick);
  return ticks;
}
