import { describe, expect, it } from 'vitest';
import { measureLatency } from '../../../src-main/engine/evaluation/latency.ts';

/** A clock that a run advances, read at a coarse resolution. */
function simulate(costOf: (call: number) => number, resolution = 0) {
  let time = 0;
  let calls = 0;
  const latency = measureLatency({
    run() {
      time += costOf(calls);
      calls++;
    },
    now: () => (resolution === 0 ? time : Math.floor(time / resolution) * resolution),
  });
  return { ...latency, calls, elapsed: time };
}

describe('latency', () => {
  it.each([0.0005, 0.02, 0.7, 3])('of a run of %d ms is found within the time allowed', (cost) => {
    const measured = simulate(() => cost);
    expect(measured.medianMicroseconds).toBeCloseTo(1000 * cost, 6);
    expect(measured.p95Microseconds).toBeCloseTo(1000 * cost, 6);
    expect(measured.elapsed).toBeLessThan(300);
    expect(measured.batch).toBe(1);
  });

  it('survives a clock that ticks every 0.1 ms', () => {
    const measured = simulate(() => 0.0031, 0.1);
    expect(Math.abs(measured.medianMicroseconds / 3.1 - 1)).toBeLessThan(0.1);
  });

  it('does not count a cold start', () => {
    const measured = simulate((call) => (call < 50 ? 0.5 : 0.01));
    expect(measured.p95Microseconds).toBeCloseTo(10, 6);
  });

  it('shows pauses in the tail, not in the median', () => {
    // A round is some hundred calls, so this is more than one round in twenty and less than one in two.
    const measured = simulate((call) => (call % 1000 === 999 ? 2.01 : 0.01));
    expect(measured.medianMicroseconds).toBeCloseTo(10, 6);
    expect(measured.p95Microseconds).toBeGreaterThan(15);
  });

  it('takes one long call as it is', () => {
    const measured = simulate(() => 900);
    expect(measured.rounds).toBe(1);
    expect(measured.calls).toBe(2);
    expect(measured.medianMicroseconds).toBe(900_000);
  });

  it('ends under a clock that stands still', () => {
    const measured = measureLatency({ run: () => undefined, now: () => 5 });
    expect(measured.medianMicroseconds).toBe(0);
  });
});
