// How long one inference takes, measured so that neither a coarse clock nor a cold start decides it.
import type { Latency } from '../../contract/evaluation.ts';
import { quantile } from './bootstrap.ts';

const WARM_UP_MS = 40; // long enough for the just-in-time compiler to settle
const ROUND_MS = 1; // ten times the resolution of a browser's clock
const ROUNDS = 200;
const BUDGET_MS = 240; // all rounds together
const MOST_CALLS = 2 ** 14; // a millisecond of the quickest policy; ends calibration if the clock stands still

/**
 * Times `run` (one inference of batch 1) in rounds of as many calls as last a millisecond, after a warm-up; about
 * 0.3 s in all, longer only when a single call takes longer than that.
 * @param now milliseconds, monotonic.
 */
export function measureLatency({ run, now }: { readonly run: () => void; readonly now: () => number }): Latency {
  const time = (calls: number): number => {
    const start = now();
    for (let call = 0; call < calls; call++) run();
    return now() - start;
  };

  let calls = 1;
  let warmUp = 0;
  for (let elapsed = time(calls); ; elapsed = time(calls)) {
    warmUp += elapsed;
    if (elapsed < ROUND_MS && calls < MOST_CALLS) calls *= 2;
    else if (warmUp >= WARM_UP_MS || elapsed === 0) break;
    // Code that has become faster since needs more calls; code that was slow at first needs fewer.
    else if (elapsed > 2 * ROUND_MS && calls > 1) calls /= 2;
  }

  const microseconds: number[] = [];
  let spent = 0;
  while (microseconds.length < ROUNDS && spent < BUDGET_MS) {
    const elapsed = time(calls);
    spent += elapsed;
    microseconds.push((1000 * elapsed) / calls);
  }
  microseconds.sort((a, b) => a - b);
  return {
    batch: 1,
    medianMicroseconds: quantile(microseconds, 0.5),
    p95Microseconds: quantile(microseconds, 0.95),
    rounds: microseconds.length,
  };
}
