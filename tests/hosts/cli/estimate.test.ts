import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { estimateReportSchema } from '../../../src-main/contract/estimate.ts';
import { sampleAgent } from '../../services/sample-services.ts';
import { outputOf, runCli } from './start-cli.ts';

const store = mkdtempSync(join(tmpdir(), 'secateur-estimate-'));
afterAll(() => {
  rmSync(store, { recursive: true, force: true });
});
const ask = ['--store', store, 'estimate', sampleAgent, '--granularity', 'neuron'];

it('prints a table, or the report as JSON; stores nothing', async () => {
  const lines = (await outputOf(...ask)).replaceAll('\u00a0', ' ').split('\n');
  expect(lines[0]).toContain('estimates, by neuron, ranked by l1, allocation global');
  expect(lines.find((line) => line.startsWith(' 50.0 %'))).toMatch(/^ 50\.0 % +[\d ]+ 256 /);

  const json = await outputOf('--json', ...ask, '--layer', 'dense_1=0.5', '--lock', 'dense_2');
  const { estimates, impossible } = estimateReportSchema.parse((JSON.parse(json) as { report: unknown }).report);
  expect(estimates.map(({ sparsity, estimatedUnits }) => [sparsity, estimatedUnits])).toEqual([[0.25, 384]]);
  expect(impossible).toHaveLength(21);
  expect(JSON.parse(await outputOf('--store', store, '--json', 'list'))).toEqual([]);
});

it('a criterion that would have to play is refused in one line', async () => {
  const { code, stdout, stderr } = await runCli(...ask, '--criterion', 'apoz');
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(stderr).toMatch(/error: the criterion "apoz" looks at the policy at work.*\n$/);
});
