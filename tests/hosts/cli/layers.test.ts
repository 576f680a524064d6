// Whole layers through the command line, on the agent that ships with Secateur: 4-256-256-2.
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { estimateReportSchema } from '../../../src-main/contract/estimate.ts';
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

it('what every number of layers leaves is estimated, the largest first', async () => {
  const estimate = ['--store', store, 'estimate', sampleAgent, '--granularity', 'layer'];
  const lines = (await outputOf(...estimate)).replaceAll('\u00a0', ' ').split('\n');
  expect(lines[0]).toMatch(/estimates, by layer, the largest first/);
  // 4·256 + 256·256 + 256·2 weights, and 4·256 + 256·2 without the second layer.
  expect(lines.find((line) => line.startsWith('    0 %'))).toMatch(/% +67\s072 +512 /);
  expect(lines.find((line) => line.startsWith(' 50.0 %'))).toMatch(/% +1\s536 +256 /);
  const { report } = JSON.parse(await outputOf('--json', ...estimate, '--lock', 'dense_1')) as { report: unknown };
  const { estimates } = estimateReportSchema.parse(report);
  expect(estimates.at(-1)!.layers.map(({ layer }) => layer)).toEqual(['dense_1', 'q/output']);
});

it('what the return is without each layer is played', async () => {
  const ask = ['--store', store, 'sensitivity', sampleAgent, '--granularity', 'layer', '--episodes', '2'];
  const lines = (await outputOf(...ask)).replaceAll('\u00a0', ' ').split('\n');
  expect(lines[1]).toMatch(/^each hidden layer removed alone/);
  // Those of the estimate, and those that read what never changes.
  expect(lines.find((line) => line.startsWith('dense_2'))).toMatch(/^dense_2 +100\s% +65\s\d{3} /);
  expect(lines).toContain('q/output stays: its units are outputs of the network');
});

it.each<[string, number, string[], RegExp]>([
  [
    'a criterion of weights',
    2,
    [...ask, '--sparsity', '0.5', '--criterion', 'l1'],
    /cannot rank at.*"layer"\. Use bypass/,
  ],
  ['a share of one layer', 2, [...ask, '--sparsity', '0.5', '--layer', 'dense_1=0.5'], /share of the layer "dense_1"/],
  [
    'an estimate by a criterion of weights',
    2,
    ['--store', store, 'estimate', sampleAgent, '--granularity', 'layer', '--criterion', 'l1'],
    /cannot rank at.*"layer"\. Use bypass/,
  ],
  [
    'a sensitivity to shares of a layer',
    2,
    ['--store', store, 'sensitivity', sampleAgent, '--granularity', 'layer', '--sparsities', '0.5'],
    /a whole layer has no shares/,
  ],
  [
    'pruning on the way of a training run',
    4,
    ['--store', store, 'train', '--env', 'CartPole-v1', '--sparsity', '0.5', '--granularity', 'layer'],
    /while an agent learns: no mask can leave out a whole layer/,
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
