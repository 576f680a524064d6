import { describe, expect, it } from 'vitest';
import { collectStates } from '../../../src-main/engine/evaluation/collect-states.ts';
import { runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import type { BatchPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { countingEnvironment } from './counting-environment.ts';

const idle: BatchPolicy = { act: (_, count) => new Int32Array(count) };
const environment = countingEnvironment(40);
const seeds = Array.from({ length: 30 }, (_, i) => i);

/** How often each step is visited in all episodes. */
function visits(): number[] {
  const { lengths } = runEpisodes({ environment, policy: idle, seeds });
  return Array.from({ length: 40 }, (_, step) => lengths.filter((length) => length > step).length);
}

describe('collectStates', () => {
  it('returns all states when they are few', () => {
    const states = collectStates({ environment, policy: idle, seeds, maxStates: 5000, random: new Random(1) });
    const counted = visits().map((_, step) => states.filter((state) => state === step).length);
    expect(counted).toEqual(visits());
  });

  it('samples late states as readily as early ones', () => {
    const expected = visits();
    const total = expected.reduce((sum, count) => sum + count, 0);
    const drawn = new Array<number>(40).fill(0);
    const random = new Random(2);
    for (let repeat = 0; repeat < 400; repeat++) {
      const states = collectStates({ environment, policy: idle, seeds, maxStates: 60, random, parallel: 7 });
      expect(states).toHaveLength(60);
      for (const state of states) drawn[state]!++;
    }
    for (const [step, count] of expected.entries()) {
      const mean = (400 * 60 * count) / total;
      expect(Math.abs(drawn[step]! - mean)).toBeLessThanOrEqual(4.5 * Math.sqrt(mean) + 1e-9);
    }
  });

  it('draws none twice', () => {
    const alone = { environment: countingEnvironment(40), policy: idle, seeds: [3], random: new Random(4) };
    const all = collectStates({ ...alone, maxStates: 100 });
    const half = Math.ceil(all.length / 2);
    expect(new Set(collectStates({ ...alone, maxStates: half })).size).toBe(half);
  });
});
