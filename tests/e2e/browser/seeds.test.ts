// The same training with several seeds in a real browser: started from the form, followed as one, and seen from each run.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meanOverSeeds } from '../../../src-main/contract/interval-over-seeds.ts';
import { formatMeanOfSeeds } from '../../../src-renderer/text/intervals.ts';
import { trainRecipe } from '../../contract/recipes.ts';
import { removeFolder } from '../../store/temporary-folder.ts';
import { findingsInBothThemes } from '../axe.ts';
import { askHost } from './ask-host.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

const CHART = 'Validation return over seeds';

describe.skipIf(chromiumPath === undefined)(`several seeds (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  const logs = mkdtempSync(join(tmpdir(), 'secateur-logs-'));
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
  });
  afterAll(() => removeFolder(logs));

  const at = (hash: string): Promise<void> => page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);
  const items = () => askHost(page, 'runs.list', { projectId: null, limit: 100 });
  const link = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true });

  it('are started from the form, and seen as one until all have finished', async () => {
    await at('#/train/CartPole-v1');
    await page.getByLabel('Seeds').fill('3-5');
    await page.getByLabel('Environment steps').fill('1200');
    await page.getByText('The policy of the last step as well').click();
    await page.getByText('The curves as files').click();
    await page.getByLabel('Folder for these files').fill(logs);
    await page.getByText('Everything fits together.').waitFor();
    await page.getByRole('button', { name: 'Start 3 runs' }).click();
    await page.getByRole('img', { name: CHART }).waitFor();
    for (const seed of [3, 4, 5]) await link(`seed ${seed}`).waitFor();
    await page.getByText(/^3 of 3 seeds finished/).waitFor({ timeout: 90_000 });
  }, 120_000);

  it('have the mean and the interval of what they returned on test episodes', async () => {
    const [first] = await items();
    const members = await askHost(page, 'runs.seeds', { id: first!.run.id });
    const returns = members.map(({ made }) => made!.meanReturn);
    expect(members.map(({ run }) => run.seed)).toEqual([3, 4, 5]);
    await page
      .getByText(formatMeanOfSeeds(meanOverSeeds(returns)), { exact: false })
      .first()
      .waitFor();
    for (const seed of [3, 4, 5]) await link(`model of seed ${seed}`).waitFor();
  });

  it('can be read off a table, step by step', async () => {
    const id = (await items()).find(({ run }) => run.seed === 4)!.run.id;
    const points = await askHost(page, 'runs.series', { id, name: 'validation return', buckets: 4000 });
    await page.getByText('As a table', { exact: true }).click();
    const table = page.getByRole('region', { name: CHART });
    await table.getByRole('columnheader', { name: 'seed 4', exact: true }).waitFor();
    expect(await table.getByRole('rowheader').count()).toBe(points.length);
  });

  it('keep nobody out', async () => {
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  it('can be taken along as picture and as table', async () => {
    await page.getByRole('button', { name: 'Save this chart' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /CSV/ }).click(),
    ]);
    const csv = readFileSync(await download.path(), 'utf8');
    const [header = ''] = csv.split('\r\n');
    expect(header.split(',')).toEqual(expect.arrayContaining(['x', 'seed 3', 'seed 4', 'seed 5', 'mean of 3 seeds']));
  });

  it('have left their curves as files, and two policies each', async () => {
    expect(
      readdirSync(logs)
        .map((name) => name.replace(/-[^-]+$/, ''))
        .sort(),
    ).toEqual([3, 4, 5].map((seed) => `dqn-CartPole-v1-seed${seed}`));
    const [first] = await items();
    const models = await askHost(page, 'models.list', { projectId: first!.run.projectId });
    expect(models.filter(({ model }) => model.name.endsWith(', last step'))).toHaveLength(3);
  });

  it('are seen from each of their runs, and from the list of all', async () => {
    await link('seed 4').click();
    await page.getByRole('img', { name: CHART }).waitFor();
    await page.getByText(/^Policy of the last step, on the same test episodes: /).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await link('all 3 seeds').click();
    await page.getByText(/^3 of 3 seeds finished/).waitFor();
    await at('#/jobs');
    await link('seed 5, one of 3').click();
    await page.getByText(/^3 of 3 seeds finished/).waitFor();
  });

  it('become more while they are looked at', async () => {
    const { recipe } = await askHost(page, 'runs.get', { id: (await items())[0]!.run.id });
    await askHost(page, 'runs.start', { recipe: { ...recipe!, seed: 9 } });
    await link('seed 9').waitFor();
    await page.getByText(/^4 of 4 seeds finished/).waitFor({ timeout: 90_000 });
  }, 120_000);

  it('are not seen where there is one', async () => {
    const { id } = await askHost(page, 'runs.start', { recipe: trainRecipe({ steps: 600 }) });
    await at(`#/run/${id}`);
    await page.getByRole('img', { name: 'Return per episode' }).waitFor();
    await page.getByRole('button', { name: 'Prune it' }).waitFor();
    expect(await page.getByRole('img', { name: CHART }).count()).toBe(0);
  });

  it('are shown in Chinese', async () => {
    const { page: chinese, errors: own } = await workbench().openPage({ locale: 'zh-CN', reducedMotion: 'reduce' });
    const id = (await items()).find(({ run }) => run.seed === 4)!.run.id;
    await chinese.evaluate(`void (location.hash = '#/seeds/${id}')`);
    await chinese.getByText(/^4 个种子中已完成 4 个；测试回合上的平均回报为/).waitFor();
    await chinese.getByRole('img', { name: '各种子的验证回报' }).waitFor();
    expect(own).toEqual([]);
    await chinese.close();
  });

  it('reported no error of their own', () => {
    expect(errors).toEqual([]);
  });
});
