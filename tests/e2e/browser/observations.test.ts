// Pruning a policy whose environment is not here, in a real browser: from the file of the agent to what came of it.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { npyOf } from '../../engine/formats/observations/write-npy.ts';
import { findingsInBothThemes } from '../axe.ts';
import { askHost } from './ask-host.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { dropFiles, fileAt } from './drop-files.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

const ROWS = 1000;
/** That of the agent: it observes three numbers and has four actions, as no environment here does. */
const WIDTH = 3;
const values = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => 2 * Math.sin(i * i));
const agent = new URL('../../fixtures/formats/dqn-trained.zip', import.meta.url).pathname;

describe.skipIf(chromiumPath === undefined)(`pruning on observations (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
  });

  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const card = (group: string, title: string): Locator =>
    page.getByRole('group', { name: group }).getByRole('radio', { name: new RegExp(`^${title}`) });
  const give = (name: string, rows: Float32Array, width = WIDTH): Promise<void> =>
    dropFiles(page, [{ name, bytes: npyOf(rows, [rows.length / width, width]) }]);

  it('imports an agent that fits no environment, and leads to its observations', async () => {
    await page.getByRole('heading', { name: 'Make a trained policy small' }).waitFor();
    await dropFiles(page, [fileAt(agent, 'robot.zip')]);
    await page.getByText(/Its network fits none of the environments/).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await press('Its environment is not here');
    await page.waitForURL(/#\/model\//);
    await press('Prune');
    await page.getByText('Drop a file anywhere on this page, or open one.').waitFor();
    expect(await card('What it is pruned on', 'Episodes of an environment').isDisabled()).toBe(true);
    expect(await card('What it is pruned on', 'A file of observations').isChecked()).toBe(true);
    await press('Dismiss robot.zip');
    expect(await findingsInBothThemes(page)).toEqual([]);
  }, 120_000);

  it('says in place what is wrong with a file', async () => {
    const alert = (text: RegExp): Promise<void> => page.getByRole('alert').getByText(text).waitFor();
    await give('wide.npy', values, 4);
    await alert(/"wide\.npy": its array is \[750, 4\], and the policy observes \[3\]/);
    await give('few.npy', values.slice(0, 30));
    await alert(/there are 10 observations, and 500 are needed/);
    const damaged = values.slice();
    damaged[6 * WIDTH + 1] = NaN;
    await give('damaged.npy', damaged);
    await alert(/"damaged\.npy" holds NaN in row 7, column 2/);
    expect(await findingsInBothThemes(page)).toEqual([]);
  }, 60_000);

  it('says what is in it, and keeps that', async () => {
    await give('seen.npy', values);
    await page.getByText('seen.npy', { exact: true }).waitFor();
    await page.getByText(/60 % are for learning.*: 600, 200 and 200 rows/).waitFor();
    await page.getByText('float32', { exact: true }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.reload();
    await page.getByText(/: 600, 200 and 200 rows/).waitFor();
  }, 60_000);

  it('offers agreement, and nothing that would have to play', async () => {
    await press('Next');
    await press('Next');
    expect(await page.getByRole('radio', { name: 'Keep the return' }).isDisabled()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Keep the agreement' }).isChecked()).toBe(true);
    await page.getByText('Agreement with the dense policy to keep').waitFor();
    expect(await page.getByRole('button', { name: /Search/ }).count()).toBe(0);
    expect(await findingsInBothThemes(page)).toEqual([]);
    await press('Back');
    await page.getByText('By hand', { exact: true }).click();
    const refused = async (): Promise<string[]> => {
      const disabled = page.locator('label:has(input:disabled):has(.title)');
      // Apart from what a network without convolutions does not have.
      const refusedHere = disabled.filter({ hasNotText: 'This network has no convolutions' });
      for (const one of await refusedHere.all()) {
        expect(await one.textContent()).toContain('Not possible on observations');
      }
      return refusedHere.locator('.title').allTextContents();
    };
    expect(await refused()).toHaveLength(1);
    expect(await findingsInBothThemes(page)).toEqual([]);
    await press('Next');
    await page.getByRole('textbox', { name: '%', exact: true }).fill('25');
    expect(await refused()).toHaveLength(1);
    await press('Next');
    expect(await refused()).toHaveLength(3);
    await page.getByText('No recovery', { exact: true }).click();
    expect(await findingsInBothThemes(page)).toEqual([]);
  }, 90_000);

  it('runs the recipe, and says how much both agree and that no return is known', async () => {
    await press('Next');
    await page.getByText('The recipe fits the model.').waitFor();
    await page.getByText(/No return is measured\./).waitFor();
    expect(await page.locator('pre').textContent()).toMatch(
      /"kind": "stored",\s+"hash": "[0-9a-f]{64}",\s+"name": "seen.npy"/,
    );
    expect(await findingsInBothThemes(page)).toEqual([]);
    await press('Start pruning');
    await page.waitForURL(/#\/run\//);
    await page.getByText(/Agreement with the parent: .* in 200 observations of seen\.npy/).waitFor({ timeout: 60_000 });
    await page.getByText(/How it acts was not measured/).waitFor();
    expect(await page.getByText(/Return on/).count()).toBe(0);
    expect(await findingsInBothThemes(page)).toEqual([]);
  }, 120_000);

  it('is a choice for a model that has an environment, and lets go of what would have to play', async () => {
    const { model } = await askHost(page, 'models.import-sample', null);
    await page.evaluate(`void (location.hash = '#/prune/${model.id}')`);
    await page.getByRole('heading', { name: 'Who sees which episodes' }).waitFor();
    await press('Next');
    await page.getByText('By hand', { exact: true }).click();
    await press('Next');
    await press('Next');
    await page.getByText('RL fine-tuning', { exact: true }).click();
    for (let step = 0; step < 3; step++) await press('Back');
    await page.getByText('A file of observations', { exact: true }).click();
    await page.getByRole('heading', { name: 'What the policy has met' }).waitFor();
    for (let step = 0; step < 3; step++) await press('Next');
    expect(await card('How the policy heals', 'RL fine-tuning').isDisabled()).toBe(true);
    expect(await card('How the policy heals', 'Policy distillation').isChecked()).toBe(true);
    await press('Next');
    await page.getByText('The file of observations is missing.').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await press('Give the file');
    await page.getByRole('heading', { name: 'What the policy has met' }).waitFor();
  }, 60_000);

  it('reported no error of its own', () => {
    expect(errors).toEqual([]);
  });
});
