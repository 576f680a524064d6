import { describe, expect, it } from 'vitest';
import { evaluationReportSchema } from '../../../src-main/contract/evaluation.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { evaluatePolicy } from '../../../src-main/engine/evaluation/evaluate-policy.ts';
import type { BatchPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { EvaluationStoppedError, runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

const environment = environments.get('CartPole-v1');

/** Pushes towards where the pole falls. */
const balance: BatchPolicy = {
  act: (observations, count) =>
    Int32Array.from({ length: count }, (_, row) => Number(observations[4 * row + 2]! + observations[4 * row + 3]! > 0)),
};

const options = { environment, policy: balance, seeds: { first: 500, count: 30 }, deterministic: true } as const;

describe('evaluatePolicy', () => {
  it('reports what the episodes of its seeds returned, and breathes on the way', async () => {
    let breaths = 0;
    const report = await evaluatePolicy({
      ...options,
      random: new Random(1),
      breathe: () => {
        breaths++;
        return Promise.resolve(false);
      },
    });
    expect(evaluationReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    const seeds = Array.from({ length: 30 }, (_, i) => 500 + i);
    const { returns, lengths } = runEpisodes({ environment, policy: balance, seeds });
    expect(report.returns).toEqual([...returns]);
    expect(report.lengths).toEqual([...lengths]);
    expect(report).toMatchObject({ environment: 'CartPole-v1', worstReturn: 0, summary: { episodes: 30 } });
    expect(breaths).toBe(Math.max(...lengths));
  });

  it('stops when asked to', async () => {
    let breaths = 0;
    const stopped = evaluatePolicy({
      ...options,
      random: new Random(1),
      breathe: () => Promise.resolve(++breaths === 5),
    });
    await expect(stopped).rejects.toThrow(EvaluationStoppedError);
    expect(breaths).toBe(5);
  });
});
