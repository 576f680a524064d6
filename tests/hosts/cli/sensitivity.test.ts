import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sensitivityReportSchema } from '../../../src-main/contract/sensitivity.ts';
import { sampleAgent } from '../../services/sample-services.ts';
import { outputOf, runCli } from './start-cli.ts';

const store = mkdtempSync(join(tmpdir(), 'secateur-sensitivity-'));
afterAll(() => {
  rmSync(store, { recursive: true, force: true });
});
const ask = ['--store', store, 'sensitivity', sampleAgent, '--granularity', 'neuron', '--episodes', '2'];

it('prints a table, or the report as JSON; stores nothing', async () => {
  const table = await outputOf(...ask, '--sparsities', '0.9,0.25');
  const lines = table.replaceAll('\u00a0', ' ').split('\n');
  expect(lines[0]).toContain('return 500.0 [500.0, 500.0] on 2 validation episodes of CartPole-v1');
  expect(lines.find((line) => line.startsWith('dense_2'))).toMatch(/^dense_2 +25\.0 % +16 512 /);

  const { report } = JSON.parse(await outputOf('--json', ...ask, '--sparsities', '0.5')) as { report: unknown };
  const { layers } = sensitivityReportSchema.parse(report);
  expect(layers.map(({ layer, points }) => [layer, points.length])).toEqual([
    ['dense_1', 1],
    ['dense_2', 1],
  ]);
  expect(JSON.parse(await outputOf('--store', store, '--json', 'list'))).toEqual([]);
});

it.each([
  ['a share of 1', ['--sparsities', '0.5,1'], /sparsities\.1: .*below 1/],
  ['a criterion that cannot rank', ['--criterion', 'lamp'], /"lamp" cannot rank at the granularity "neuron"/],
])('%s is refused in one line', async (_, options, text) => {
  const { code, stdout, stderr } = await runCli(...ask, ...options);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: .+\n$/);
  expect(stderr).toMatch(text);
});
