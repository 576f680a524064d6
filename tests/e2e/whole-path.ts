// A new user's whole path: open the sample, look, prune, compare, export, and load the file elsewhere.
// Screenshots of every screen, light and dark, go to the folder that SECATEUR_SCREENSHOTS names.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Page } from 'playwright-core';
import { afterAll, beforeEach, expect, it, vi, type TestContext } from 'vitest';
import { findingsInBothThemes } from './axe.ts';

const pictures = process.env.SECATEUR_SCREENSHOTS;

/** Where the page runs. */
export interface Workbench {
  /** With an empty store. */
  readonly page: Page;
  /** What the page reported as errors, so far. */
  readonly errors: readonly string[];
  /** @returns the path of the file that the person gets by doing this */
  readonly savedBy: (act: () => Promise<void>) => Promise<string>;
}

/** @param open gives the workbench, the same at every call, or skips the test */
export function itGoesTheWholePath(open: (context: TestContext) => Promise<Workbench>): void {
  // axe looks at every screen twice, which takes a window without a GPU its time.
  vi.setConfig({ testTimeout: 240_000 });
  const out = mkdtempSync(join(tmpdir(), 'secateur-whole-path-'));
  let page: Page;
  let savedBy: Workbench['savedBy'];
  let errors: readonly string[];

  beforeEach(async (context) => {
    ({ page, savedBy, errors } = await open(context));
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });
  afterAll(() => {
    rmSync(out, { recursive: true, force: true });
  });

  async function picture(name: string): Promise<void> {
    if (pictures === undefined) return;
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(1000); // charts take turns to change their colours
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
    }
  }
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const heading = (name: string | RegExp): Promise<void> => page.getByRole('heading', { name }).first().waitFor();

  it('opens the sample and goes through the wizard without losing a choice', async () => {
    await page.getByRole('heading', { name: 'Make a trained policy small' }).waitFor();
    await picture('welcome');
    await press('Open the sample agent');
    await page.waitForURL(/#\/model\//);
    await page.getByText('67 072').first().waitFor();
    await press('Dismiss dqn-CartPole-v1.zip');
    await page.getByRole('application', { name: /Heat map/ }).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page
      .getByRole('option', { name: /dense_2/ })
      .or(page.getByText('dense_2', { exact: true }))
      .first()
      .click();
    await picture('inspector');
    await press('Prune');
    await heading('Prune dqn-CartPole-v1');
    await heading('The dense policy');
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('wizard-model');
    await press('Next');
    await page.getByText('By hand', { exact: true }).click();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('wizard-what');
    await press('Next');
    const share = page.getByRole('textbox', { name: '%', exact: true });
    await share.fill('101');
    await page.getByText('0 – 99.999').waitFor();
    await share.fill('20');
    await page.getByText('Left of each layer').first().waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('wizard-amount');
    await press('Next');
    await page.getByText('No recovery', { exact: true }).click();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await press('Back');
    expect(await share.inputValue()).toBe('20');
    await page.reload();
    expect(await share.inputValue()).toBe('20');
    await press('Next');
    await press('Next');
    await page.getByText('Remove 20 % of the neurons').waitFor();
    await page.getByText('The recipe fits the model.').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('wizard-review');
  });

  it('runs the recipe, and the run says what it came to', async () => {
    await press('Start pruning');
    await page.waitForURL(/#\/run\//);
    await page.getByRole('button', { name: 'Export', exact: true }).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('run');
  });

  it('compares the pruned with the dense policy', async () => {
    await press('Compare with parent');
    await page.waitForURL(/#\/compare\//);
    const differences = page.getByRole('region', { name: 'What differs' });
    await differences.getByRole('row', { name: /Hidden neurons/ }).waitFor();
    expect(await differences.getByRole('row', { name: /Hidden neurons/ }).textContent()).toContain('512');
    // A difference of shares is in points: a percentage of a percentage could be either.
    expect(await differences.getByRole('row', { name: /Sparsity/ }).textContent()).toMatch(/\+[\d.]+\spp/);
    await page.getByRole('img', { name: 'Weights of dense_2' }).waitFor();
    await picture('comparison');
    await page.getByRole('heading', { name: 'The same episode, side by side' }).scrollIntoViewIfNeeded();
    await page.locator('canvas').last().waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('comparison-playing');
    await press('More');
    const table = await savedBy(() => page.getByRole('menuitem', { name: 'Save as CSV' }).click());
    expect(readFileSync(table, 'utf8')).toMatch(/^Quantity,dqn-CartPole-v1,/);
    await page.getByRole('button', { name: 'Save this chart' }).first().click();
    const drawing = await savedBy(() => page.getByRole('menuitem', { name: 'Save as SVG' }).click());
    expect(readFileSync(drawing, 'utf8')).toMatch(/^<svg[^]*<text[^]*font-size="\d/);
  });

  it('exports it, and ONNX Runtime runs the file that is on the disk', async () => {
    await page.goBack();
    await press('Export');
    await page.waitForURL(/#\/export\//);
    const folder = page.getByRole('textbox', { name: 'Folder' });
    // The suggestion comes from the host: typed between selecting and inserting, it would stay in front of what is typed.
    await expect.poll(() => folder.inputValue()).not.toBe('');
    await folder.fill('/proc/nowhere');
    await press('Export');
    await page.getByRole('alert').waitFor();
    await folder.fill(join(out, 'small'));
    await press('Export');
    await heading('Exported and compared');
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('export');
    const session = await InferenceSession.create(join(out, 'small', 'policy.onnx'));
    const observation = new Tensor('float32', Float32Array.of(0.01, 0, -0.02, 0), [1, 4]);
    const answer = await session.run({ observation });
    expect(answer.q_values?.dims).toEqual([1, 2]);
    await session.release();
    expect(errors).toEqual([]);
  });

  it('has other places, and a palette that leads to them', async () => {
    const rail = page.getByRole('navigation', { name: 'Secateur' });
    const go = (name: string): Promise<void> => rail.getByRole('button', { name, exact: true }).click();
    await go('Projects');
    await page.getByRole('link', { name: 'CartPole-v1' }).first().waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('projects');
    await go('Jobs');
    await heading('Jobs');
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('jobs');
    await go('Train a new agent');
    await heading(/Train/);
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('training');
    await page.keyboard.press('Control+Shift+P');
    await page.getByRole('combobox').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await picture('palette');
    await page.keyboard.press('Escape');
  });

  it('speaks Chinese', async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('简体中文').click();
    await heading('设置');
    await picture('settings-chinese');
  });
}
