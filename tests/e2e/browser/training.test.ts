// A training recipe as it is put together in a real browser: the two ways of pruning while an agent learns.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

describe.skipIf(chromiumPath === undefined)(`training (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.evaluate(() => {
      location.hash = '#/train/CartPole-v1';
    });
    await page.getByRole('checkbox', { name: /Prune while it learns/ }).check();
  });

  const choose = (label: string, option: string): Promise<unknown> =>
    page.getByLabel(label, { exact: true }).selectOption(option);
  const recipe = async (): Promise<unknown> =>
    (JSON.parse(await page.locator('pre').innerText()) as { pruning: unknown }).pruning;

  it('is offered dense first, and sparse from the first step with what that has to be told', async () => {
    expect(await recipe()).toMatchObject({ kind: 'gradual', schedule: 'polynomial' });
    await choose('How', 'sparse');
    await choose('What becomes of them', 'rigl');
    await page.getByText('those that the loss pulls at most').waitFor();
    await choose('First weights chosen by', 'snip');
    await page.getByLabel('Updates between rewirings').fill('100');
    expect(await recipe()).toMatchObject({ kind: 'sparse', topology: 'rigl', criterion: 'snip', every: 100 });
    await page.getByText('Everything fits together.').waitFor();
  });

  it('what stays as it is has nothing to rewire, and may be whole neurons', async () => {
    expect(await page.getByLabel('What goes as one piece').locator('option').allInnerTexts()).toEqual(['Weights']);
    await choose('What becomes of them', 'static');
    await page.getByLabel('Updates between rewirings').waitFor({ state: 'detached' });
    await choose('What goes as one piece', 'neuron');
    expect(await recipe()).toMatchObject({ topology: 'static', granularity: 'neuron', criterion: 'random' });
    await choose('What becomes of them', 'set');
    expect(await recipe()).toMatchObject({ topology: 'set', granularity: 'weight' });
  });

  it('going back to the other way finds it as it was', async () => {
    await choose('How', 'gradual');
    expect(await recipe()).toMatchObject({ kind: 'gradual', schedule: 'polynomial', granularity: 'weight' });
  });

  it('keeps nobody out', async () => {
    await choose('How', 'sparse');
    expect(await findingsInBothThemes(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
