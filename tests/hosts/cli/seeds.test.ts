// `secateur train --seeds`: several runs, one table, and what they have in common.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SeedsOutcome } from '../../../src-main/services/train-seeds.ts';
import { seedsLines } from '../../../src-main/hosts/cli/train-for-seeds.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { runCli } from './start-cli.ts';

const train = (...more: string[]): string[] => [
  ...['--store', join(temporaryFolder(), 'store'), '--json', 'train', '--env', 'CartPole-v1', '--algorithm', 'ppo'],
  ...['--steps', '2048', '--episodes', '4', ...more],
];

describe('train --seeds', () => {
  it('trains with the seed and those after it, and says so event by event', async () => {
    const { code, stdout, stderr } = await runCli(...train('--seed', '4', '--seeds', '2', '--keep-last'));
    expect(stderr).not.toContain('"problem":{');
    expect(code).toBe(0);
    const outcome = JSON.parse(stdout) as SeedsOutcome;
    expect(outcome.outcomes.map(({ seed }) => seed)).toEqual([4, 5]);
    const seeds = stderr
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { seed: number }).seed);
    expect([...new Set(seeds)].sort()).toEqual([4, 5]);

    const lines = seedsLines(outcome);
    for (const { outcome: one } of outcome.outcomes) expect(lines.join('\n')).toContain(one.model.id);
    const [, points] = lines.join('\n').split('steps  ');
    expect(points?.trimEnd().split('\n').length).toBeLessThanOrEqual(12);
    expect(lines.at(-1)?.replace(/\D/, '')).toMatch(new RegExp(`^${outcome.curve.at(-1)!.step} `));
  });

  it('ends with the problem where no seed could be trained', async () => {
    const { code, stdout, stderr } = await runCli(...train('--seeds', '2', '--steps', '100'));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('RunTooShortError');
  });

  it('refuses --jobs where there is one run', async () => {
    const { code, stderr } = await runCli(...train('--jobs', '2'));
    expect(code).toBe(2);
    expect(stderr).toContain('--seeds');
  });
});
