// Measuring in turn: whatever the machine does meanwhile, it does to all sides alike.
import { performance } from 'node:perf_hooks';

/** One side of a comparison. */
export interface Contestant {
  readonly name: string;
  /** @returns microseconds per iteration, over about so many seconds. */
  readonly measure: (seconds: number) => Promise<number>;
}

export interface Rounds {
  readonly rounds: number;
  /** Of every contestant in every round. */
  readonly seconds: number;
}

/** By contestant: microseconds of every round. */
export type RoundTimes = Readonly<Record<string, readonly number[]>>;

/** `repeat` does so many iterations; asynchronous only where an iteration is. */
export function contestant(name: string, repeat: (iterations: number) => void | Promise<void>): Contestant {
  const run = async (iterations: number, seconds: number): Promise<{ done: number; elapsed: number }> => {
    const start = performance.now();
    for (let done = iterations; ; done += iterations) {
      await repeat(iterations);
      const elapsed = (performance.now() - start) / 1000;
      if (elapsed >= seconds) return { done, elapsed };
    }
  };
  return {
    name,
    measure: async (seconds) => {
      const warm = await run(1, seconds / 10);
      const { done, elapsed } = await run(Math.max(1, Math.floor(warm.done / 10)), seconds);
      return (1e6 * elapsed) / done;
    },
  };
}

export async function measureRounds(
  contestants: readonly Contestant[],
  { rounds, seconds }: Rounds,
): Promise<RoundTimes> {
  const times = contestants.map(({ name }) => [name, [] as number[]] as const);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { measure }] of contestants.entries()) times[index]![1].push(await measure(seconds));
  }
  return Object.fromEntries(times);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}
