// Whole hidden layers in a real browser: what is left without them, which are locked, and what each is worth.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

describe.skipIf(chromiumPath === undefined)(`whole layers (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.getByRole('button', { name: 'Open the sample agent' }).click();
    await page.getByRole('heading', { name: 'dqn-CartPole-v1', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Dismiss dqn-CartPole-v1.zip' }).click();
  });

  it('are played without, one by one', async () => {
    await page.getByRole('tab', { name: 'Sensitivity' }).click();
    await page.getByLabel('What goes').selectOption({ label: 'Hidden layers' });
    await page.getByText('q/output: its units are outputs').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Measure' }).click();
    await page.getByRole('img', { name: 'Return without each layer alone' }).waitFor();
    await page.getByRole('row', { name: /^dense_2 65.\d{3} 500/ }).waitFor();
    await page.getByText('q/output: its units are outputs').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  it('are estimated before they go, and locked', async () => {
    await page.getByRole('button', { name: 'Prune', exact: true }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('By hand', { exact: true }).click();
    await page.getByText('Hidden layers', { exact: true }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    const panel = page.getByRole('complementary').filter({ hasText: 'What to expect' });
    await panel.getByText('1 hidden layer goes.').waitFor();
    await panel.getByText('1\u202f536').first().waitFor();
    await page.getByRole('row', { name: /^dense_1 1.024 0 %/ }).waitFor();
    await page.getByRole('row', { name: /^q\/output 512 100 % stays: its units are outputs/ }).waitFor();
    await page.getByRole('button', { name: /^Lock dense_1/ }).click();
    await page.getByRole('row', { name: /^dense_1 1.024 100 %/ }).waitFor();
    await page.getByRole('row', { name: /^dense_2 65.536 0 %/ }).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.getByRole('textbox', { name: '%', exact: true }).fill('49');
    await page.keyboard.press('Tab');
    await panel.getByText('0 hidden layers go.').waitFor();
    await page.getByRole('textbox', { name: '%', exact: true }).fill('50');
    await page.keyboard.press('Tab');
    await panel.getByText('1 hidden layer goes.').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Left whole: dense_1.').waitFor();
    await page.getByText('The recipe fits the model.').waitFor();
    expect(errors).toEqual([]);
  });
});
