// A run as it is looked at in a real browser: it goes on, waits, is ended, dies; and the host goes away and comes back.
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../src-main/contract/entity.ts';
import { byHand, pruneRecipe, trainRecipe } from '../../contract/recipes.ts';
import { askHost } from './ask-host.ts';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { killWorkers } from './kill-workers.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

/** Goes on for hours. */
const endless = trainRecipe({ steps: 1_000_000_000 });
const STEPS = /^([\d\s]+) of 1\s000\s000\s000 steps$/;

describe.skipIf(chromiumPath === undefined)(`a run (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.getByRole('heading', { name: 'Make a trained policy small' }).waitFor();
  });

  // What one test leaves running would slow the next.
  afterEach(async () => {
    for (const { run, activity } of await askHost(page, 'runs.list', { projectId: null, limit: 100 })) {
      if (activity !== null) await askHost(page, 'runs.cancel', { id: run.id });
    }
  });

  const at = (hash: string): Promise<void> => page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const badge = (text: string): Promise<void> =>
    page.getByRole('main').getByText(text, { exact: true }).first().waitFor();
  const log = (): ReturnType<Page['getByRole']> => page.getByRole('log');
  async function steps(): Promise<number> {
    const text = (await page.getByText(STEPS).textContent()) ?? '';
    return Number(STEPS.exec(text)?.[1]?.replace(/\s/g, ''));
  }
  async function start(): Promise<Run> {
    const run = await askHost(page, 'runs.start', { recipe: endless });
    await at(`#/run/${run.id}`);
    return run;
  }
  const cancel = async (): Promise<void> => {
    await press('Cancel run');
    await page.getByText('The run was cancelled.').waitFor();
  };

  it('goes on while the page is loaded anew, is paused, and is cancelled', async () => {
    await start();
    await page.getByText(STEPS).waitFor();
    await page.getByRole('img', { name: 'Return per episode' }).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    const before = await steps();
    await page.reload();
    await page.getByText(STEPS).waitFor();
    await expect.poll(steps, { timeout: 30_000 }).toBeGreaterThan(before);
    // What it measured before the reload is there again.
    await page.getByRole('img', { name: 'Return per episode' }).waitFor();
    await press('Pause');
    await badge('Paused');
    await press('Continue');
    await badge('Running');
    await cancel();
    expect(await page.getByRole('button', { name: 'Cancel run' }).count()).toBe(0);
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  it('waits its turn behind another, and begins when that ends', async () => {
    await askHost(page, 'settings.write', { concurrentRuns: 1 });
    const first = await start();
    await page.getByText(STEPS).waitFor();
    await start();
    await badge('Waiting its turn');
    await page.getByText('Other runs compute; how many at a time is in the settings.').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await askHost(page, 'runs.cancel', { id: first.id });
    await page.getByText(STEPS).waitFor();
    await badge('Running');
    await cancel();
    await askHost(page, 'settings.write', { concurrentRuns: 2 });
  });

  it('whose worker is killed has failed, with its log, and the next one runs', async () => {
    await start();
    await page.getByText(STEPS).waitFor();
    await log()
      .getByText(/backend/)
      .waitFor();
    killWorkers(workbench());
    await badge('Failed');
    await page.getByRole('alert').waitFor();
    await log()
      .getByText(/backend/)
      .waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    const failed = page.url();
    await press('Run again');
    await page.waitForURL((url) => url.href !== failed);
    await page.getByText(STEPS).waitFor();
    await cancel();
  });

  it('without curves shows both agents side by side from the beginning of the page to its log', async () => {
    const { model } = await askHost(page, 'models.import-sample', null);
    const source = { kind: 'model', id: model.id } as const;
    const method = { ...byHand, recovery: { method: 'none', updates: 0 } };
    const { id } = await askHost(page, 'runs.start', { recipe: pruneRecipe(source, { method }) });
    await at(`#/run/${id}`);
    await page.getByRole('button', { name: 'Export', exact: true }).waitFor();
    const [dense, pruned] = [
      page.getByText('Dense', { exact: true }).last(),
      page.getByText('Pruned', { exact: true }).last(),
    ];
    await page
      .getByRole('img', { name: /^CartPole-v1 at step 0/ })
      .nth(1)
      .waitFor();
    expect(await page.getByText('No curves').count()).toBe(0);
    const [left, right] = [(await dense.boundingBox())!, (await pruned.boundingBox())!];
    expect(right.y).toBe(left.y);
    expect(right.x).toBeGreaterThan(left.x + 200);
  });

  it('is shown in Chinese and in the dark', async () => {
    const { page: chinese, errors: own } = await workbench().openPage({
      locale: 'zh-CN',
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    });
    await chinese.getByRole('article').first().waitFor();
    await chinese.evaluate(`void (location.hash = ${JSON.stringify(new URL(page.url()).hash)})`);
    await chinese.getByText('已完成', { exact: true }).first().waitFor();
    await chinese.getByRole('heading', { name: '剪枝前后' }).waitFor();
    expect(await chinese.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await chinese.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await findingsInBothThemes(chinese)).toEqual([]);
    expect(own).toEqual([]);
    await chinese.close();
  });

  it('reported no error of its own', () => {
    expect(errors).toEqual([]);
  });
});

describe.skipIf(chromiumPath === undefined)(`a host that goes away (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;

  beforeAll(async () => {
    ({ page } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.getByRole('heading', { name: 'Make a trained policy small' }).waitFor();
  });

  const gone = (): Promise<void> => page.getByText(/^Secateur is not answering\. What was stored is safe/).waitFor();
  const locked = () => page.getByText(/^Secateur was started again and has a new key/);
  const share = () => page.getByRole('textbox', { name: '%', exact: true });

  it('is missed where the person looks; with its new address in another tab the page goes on, and the draft is there', async () => {
    const { model } = await askHost(page, 'models.import-sample', null);
    await page.evaluate(`void (location.hash = '#/prune/${model.id}')`);
    await page.getByRole('button', { name: /What goes/ }).click();
    await page.getByText('By hand', { exact: true }).click();
    await page.getByRole('button', { name: /How much/ }).click();
    await share().fill('37');
    await page.getByRole('button', { name: /Review/ }).click();
    await page.getByText('The recipe fits the model.').waitFor();

    await workbench().crash();
    await gone();
    await page.getByRole('button', { name: 'Start pruning' }).click();
    await page.getByRole('alert').getByText('Secateur is not answering').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);

    await workbench().startAgain();
    await locked().waitFor();
    const tab = await page.context().newPage();
    await tab.goto(workbench().url);
    await tab.getByRole('article').first().waitFor();
    await locked().waitFor({ state: 'detached' });
    await page.getByText('Remove 37 % of the neurons').waitFor();
    await page.getByRole('button', { name: /How much/ }).click();
    expect(await share().inputValue()).toBe('37');
    await page.getByText('Left of each layer').first().waitFor();
    await tab.close();
  });

  it('interrupts what it ran; with its new address in the same tab the page says so, and the run can be resumed', async () => {
    const { id } = await askHost(page, 'runs.start', { recipe: endless });
    await page.evaluate(`void (location.hash = '#/run/${id}')`);
    await page.getByText(STEPS).waitFor();
    await workbench().crash();
    await gone();
    expect(await page.getByRole('button', { name: 'Cancel run' }).isDisabled()).toBe(true);
    await workbench().startAgain();
    await locked().waitFor();
    const { hash } = new URL(workbench().url);
    await page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);
    await page.getByText('Interrupted', { exact: true }).first().waitFor();
    await locked().waitFor({ state: 'detached' });
    // The key has left the address, and the place is the same.
    expect(new URL(page.url()).hash).toBe(`#/run/${id}`);
    await page
      .getByRole('button', { name: /^(Resume|Run again)$/ })
      .first()
      .click();
    await page.getByText(STEPS).waitFor();
    await page.getByRole('button', { name: 'Cancel run' }).click();
    await page.getByText('The run was cancelled.').waitFor();
  });
});
