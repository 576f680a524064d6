// Ticks of a logarithmic axis that do not crowd: few in every decade, and the fewer the more decades there are.
interface Tick {
  readonly value: number;
}

const MANTISSAS = { few: [1], some: [1, 3], many: [1, 2, 3, 5, 7] } as const;

/** @param ticks all that the axis could have, ascending */
export function decadeTicks<T extends Tick>(ticks: readonly T[]): T[] {
  const [first, last] = [ticks[0]?.value ?? 1, ticks.at(-1)?.value ?? 1];
  const decades = Math.log10(last / first);
  const mantissas: readonly number[] = MANTISSAS[decades > 5 ? 'few' : decades > 1.5 ? 'some' : 'many'];
  return ticks.filter(({ value }) =>
    mantissas.includes(Number((value / 10 ** Math.floor(Math.log10(value) + 1e-9)).toPrecision(3))),
  );
}
