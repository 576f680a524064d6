// Whole layers through the command line, on the agent that ships with Secateur: 4-256-256-2.
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pruneReportSchema } from '../../../src-main/contract/prune-report.ts';
import { sampleAgent } from '../../services/sample-services.ts';
import { outputOf, runCli } from './start-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'secateur-layers-'));
const store = join(folder, 'store');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const ask = ['--store', store, 'prune', sampleAgent, '--granularity', 'layer'];

it('half of the layers go, are healed, and the model, its report and its files say so', async () => {
  const out = join(folder, 'shallow');
  const options = ['--sparsity', '0.5', '--recovery', 'distill', '--updates', '300', '--episodes', '4', '--out', out];
  const outcome = JSON.parse(await outputOf('--json', ...ask, ...options)) as {
    report: unknown;
    model: { name: string };
  };
  expect(outcome.model.name).toBe('dqn-CartPole-v1, 1 hidden layer removed');
  const { dense, pruned, surgery, keptOnTest } = pruneReportSchema.parse(outcome.report);
  expect(dense.count.layers.map(({ kernelShape }) => kernelShape)).toEqual([
    [4, 256],
    [256, 256],
    [256, 2],
  ]);
  expect(pruned.count.layers).toHaveLength(2);
  expect(pruned.count.layers[0]!.kernelShape[0]).toBe(4);
  expect(pruned.count.layers[1]!.kernelShape[1]).toBe(2);
  expect(surgery.largestDifference).toBeGreaterThan(0);
  expect(keptOnTest).toBeGreaterThan(0.95);

  const words = await readFile(join(out, 'report.md'), 'utf8');
  expect(words).toMatch(/The hidden layers were ranked by the criterion `bypass`/);
  expect(words).toMatch(/replaced by the affine map nearest to it/);
});

it('without which layer the policy decides as before can be asked', async () => {
  const saliency = ['--store', store, 'saliency', sampleAgent, '--granularity', 'layer', '--criterion', 'bypass'];
  const lines = (await outputOf(...saliency)).split('\n');
  expect(lines[0]).toMatch(/^layer +bypass$/);
  const losses = lines.filter((line) => line.startsWith('dense_')).map((line) => Number(line.split(/\s+/)[1]));
  expect(losses).toHaveLength(2);
  expect(losses[0]).toBeGreaterThan(losses[1]!);
  for (const loss of losses) expect(loss).toBeLessThanOrEqual(1);
});

it.each<[string, number, string[], RegExp]>([
  [
    'a criterion of weights',
    2,
    [...ask, '--sparsity', '0.5', '--criterion', 'l1'],
    /cannot rank at.*"layer"\. Use bypass/,
  ],
  ['a share of one layer', 2, [...ask, '--sparsity', '0.5', '--layer', 'dense_1=0.5'], /share of the layer "dense_1"/],
  ['an estimate', 4, ['--store', store, 'estimate', sampleAgent, '--granularity', 'layer'], /for an estimate: no mask/],
  [
    'a sensitivity',
    4,
    ['--store', store, 'sensitivity', sampleAgent, '--granularity', 'layer', '--criterion', 'bypass'],
    /no mask can leave out a whole layer/,
  ],
  [
    'a search within what is met already',
    2,
    ['--store', store, 'search', sampleAgent, '--max-bytes', '300000'],
    /nothing to search for/,
  ],
])('%s is refused in one line', async (_, code, args, text) => {
  const finished = await runCli(...args);
  expect(finished.code).toBe(code);
  expect(finished.stderr).toMatch(text);
  expect(finished.stderr.trimEnd().split('\n').at(-1)).toMatch(/^error: /);
});
