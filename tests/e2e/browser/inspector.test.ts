// A model looked at closely in a real browser: layers, weights, what matters, what the return needs, where it came from.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SEED_RANGES } from '../../../src-main/contract/evaluation.ts';
import { readModelFile } from '../../../src-main/engine/formats/registry.ts';
import { childProcessJobHost } from '../../../src-main/hosts/child-process-job-host.ts';
import { openServices } from '../../../src-main/hosts/open-services.ts';
import { RunControl } from '../../../src-main/services/run-control.ts';
import { runRecipe } from '../../../src-main/services/run-recipe.ts';
import { byHand, FEW_SEEDS, pruneRecipe } from '../../contract/recipes.ts';
import { sampleAgent, sampleSource } from '../../services/sample-services.ts';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

const workers = childProcessJobHost(fileURLToPath(new URL('../../../src-main/workers/job.ts', import.meta.url)));
const file = readFileSync(sampleAgent);
const sample = readModelFile({ name: 'dqn-CartPole-v1.zip', bytes: new Uint8Array(file) }).model;

/** The sample, and what is left of it after three quarters of its weights were pruned. */
async function fill(folder: string): Promise<void> {
  const services = await openServices({ storeFolder: folder, jobHost: workers });
  const amount = { kind: 'sparsity', sparsity: 0.75 } as const;
  const recipe = pruneRecipe(sampleSource, { seeds: FEW_SEEDS, method: { ...byHand, amount } });
  await runRecipe(services, recipe, new RunControl(), () => undefined);
  services.store.close();
}

describe.skipIf(chromiumPath === undefined)(`the inspector (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile(fill);
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.getByRole('link', { name: 'CartPole-v1' }).first().click();
    await page.getByRole('link', { name: 'dqn-CartPole-v1', exact: true }).first().click();
    await page.getByRole('heading', { name: 'dqn-CartPole-v1', level: 1 }).waitFor();
  });

  const layer = (name: string): Locator => page.getByRole('button', { name: new RegExp(`^Dense .*${name}`) });
  const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click();
  const map = (): Locator => page.getByRole('application', { name: /Heat map/ });

  it('shows the network layer by layer, and finds its way with the arrow keys', async () => {
    expect(await page.getByText('67\u202f072', { exact: true }).count()).toBeGreaterThan(0);
    await map().waitFor();
    expect(await layer('dense_1').getAttribute('aria-pressed')).toBe('true');
    await layer('dense_1').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: /dense_2/, pressed: true }).waitFor();
    await page.waitForURL(/dense_2$/);
    await page.reload();
    await page.getByRole('button', { name: /dense_2/, pressed: true }).waitFor();
    await map().waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  it('Ctrl+D, Ctrl+I and Ctrl+U say what nodes show, and it is remembered', async () => {
    await layer('dense_2').getByText(/MACs/).waitFor();
    await page.keyboard.press('Control+D');
    await layer('dense_2').getByText(/MACs/).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+I');
    await layer('dense_2')
      .getByText(/weights/)
      .waitFor({ state: 'detached' });
    await page.keyboard.press('Control+U');
    await page.reload();
    await page.getByRole('button', { name: 'Dense 256 → 256', exact: true }).waitFor();
    for (const key of ['D', 'I', 'U']) await page.keyboard.press(`Control+${key}`);
    await layer('dense_2').getByText(/MACs/).waitFor();
  });

  it('the heat map says every weight and where it is', async () => {
    await layer('dense_1').click();
    await map().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    // Of 4 × 256 the neurons lie across: the third neuron, the second input.
    const weight = sample.parameters['dense_1/kernel']![1 * 256 + 2]!;
    const figures = String(Number(weight.toPrecision(4))).replace('-', '−');
    await page.locator('.foot').getByText(`input 2 → neuron 3 ${figures}`).waitFor();
  });

  it('zooms with the wheel and the keys, pans by dragging, and fits again', async () => {
    const box = (await map().boundingBox())!;
    // Beside the middle, which lies between two cells.
    const [x, y] = [box.x + box.width / 2 + 3, box.y + box.height / 2 + 5];
    const readout = (): Promise<string | null> => page.locator('.foot p').textContent();
    await page.mouse.move(x, y);
    const before = await readout();
    await page.mouse.wheel(0, -600);
    await page.mouse.down();
    await page.mouse.move(x + 200, y, { steps: 4 });
    await page.mouse.up();
    // What was under the pointer came along with it.
    await expect.poll(readout).toBe(before);
    await page.mouse.move(x, y);
    await expect.poll(readout).not.toBe(before);
    await page.getByRole('button', { name: 'Fit' }).click();
    await page.mouse.move(x, y);
    await expect.poll(readout).toBe(before);
  });

  it('the threshold tells how many weights would go', async () => {
    const slider = page.getByRole('slider', { name: 'Threshold' });
    await slider.focus();
    await page.keyboard.press('End');
    await page.getByText('1\u202f024 of this layer’s weights would go (100\u202f% of what is left)').waitFor();
    await page.keyboard.press('Home');
    await page.getByText(/^1 of this layer’s weights would go/).waitFor();
  });

  it('the threshold goes on into the wizard', async () => {
    await page.getByRole('slider', { name: 'Threshold' }).press('End');
    await page.getByRole('button', { name: 'Prune up to here' }).click();
    await page.waitForURL(/#\/prune\//);
    const largest = sample.parameters['dense_1/kernel']!.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    const threshold = page.getByRole('textbox', { name: 'Remove everything with a score of at most λ' });
    expect(Number(await threshold.inputValue())).toBeCloseTo(largest, 2);
    await page.getByRole('button', { name: /Review/ }).click();
    await page.getByText(/^Remove every one of the weights whose L1 magnitude score is at most/).waitFor();
    await page.getByText('The recipe fits the model.').waitFor();
    await page.goBack();
    await map().waitFor();
  });

  it('what that overwrites in the wizard can be had back, and so can what is begun anew', async () => {
    const pruneUpTo = page.getByRole('button', { name: 'Prune up to here' });
    const threshold = page.getByRole('textbox', { name: 'Remove everything with a score of at most λ' });
    await pruneUpTo.click();
    await threshold.fill('0.123');
    await page.goBack();
    await pruneUpTo.click();
    await threshold.waitFor();
    expect(await threshold.inputValue()).not.toBe('0.123');
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => threshold.inputValue()).toBe('0.123');
    await page.getByRole('button', { name: 'Start over' }).click();
    await threshold.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await expect.poll(() => threshold.inputValue()).toBe('0.123');
    await page.goBack();
    await map().waitFor();
  });

  it('lays two models over each other, and says what cannot be', async () => {
    await layer('dense_2').click();
    const others = page.getByLabel('Lay over');
    await others.selectOption({ index: 1 });
    await page.getByText(/^Compacted: this layer is 256×256 here and \d+×\d+ there/).waitFor();
    expect(await page.getByRole('radio', { name: 'This − other' }).isDisabled()).toBe(true);
    await page.getByRole('radiogroup').getByText('Other model').click();
    await page.getByRole('row', { name: /^Kernel 256×256 \d+×\d+/ }).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.reload();
    await page.getByText(/^Compacted/).waitFor();
    await page.getByRole('button', { name: 'Swap the two models' }).click();
    await page.getByRole('heading', { name: /weights pruned/, level: 1 }).waitFor();
    await page.getByText(/^Compacted: this layer is \d+×\d+ here and 256×256 there/).waitFor();
    await page.goBack();
    await others.selectOption('');
    await page.getByText(/^Compacted/).waitFor({ state: 'detached' });
  });

  it('ranks units by any criterion, marks the dead, and shows what would go', async () => {
    await tab('Importance');
    await page.getByText('‖W_out‖₁').waitFor();
    await page.getByRole('img', { name: 'How much the units of dense_2 matter' }).waitFor();
    await page.getByRole('button', { name: /\d+ dead$/ }).waitFor();
    await page.getByRole('button', { name: /\d+ dormant$/ }).waitFor();
    const keep = page.getByRole('slider', { name: 'Keep the best' });
    await keep.focus();
    await page.keyboard.press('ArrowLeft');
    // One neuron of 256 inputs that two outputs read.
    await page.getByText(/^1 units? would go, and with (it|them) 258 weights/).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.getByLabel('Criterion').selectOption('activity');
    await page.getByText('Plays first, looks at activations').waitFor();
    await page.getByRole('img', { name: 'How much the units of dense_2 matter' }).waitFor();
  });

  it('measures on demand what each layer is to the return: progress, cancel, and an answer that stays', async () => {
    await tab('Sensitivity');
    const measure = page.getByRole('button', { name: 'Measure', exact: true });
    await measure.click();
    await page.getByRole('progressbar', { name: 'Measuring' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await measure.click();
    await page.getByRole('img', { name: 'Return as each layer alone is pruned' }).waitFor({ timeout: 60_000 });
    await page.getByRole('row', { name: /dense_2 65.536/ }).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.reload();
    await page.getByRole('row', { name: /dense_2 65.536/ }).waitFor();
  });

  it('plays any seed, with what the policy says over the whole episode', async () => {
    await tab('Play');
    const { first } = DEFAULT_SEED_RANGES.test;
    const isPlaying = (seed: number): Promise<void> =>
      page.locator('figure').getByText(String(seed), { exact: true }).waitFor();
    await page.getByRole('img', { name: 'CartPole-v1 at step 0, return 0' }).waitFor();
    const seed = page.getByLabel('Seed', { exact: true });
    expect(await seed.inputValue()).toBe(String(first));
    await page.getByLabel('Episodes of').selectOption('Choosing');
    await isPlaying(DEFAULT_SEED_RANGES.validation.first);
    expect(await seed.inputValue()).toBe(String(DEFAULT_SEED_RANGES.validation.first));
    await seed.fill('seven');
    await seed.press('Enter');
    await page.getByRole('alert').getByText('A whole number from 0 up').waitFor();
    await seed.fill('7');
    await seed.press('Enter');
    await isPlaying(7);
    // Its end is known before it was watched: the sample holds the pole for the whole time.
    await page.getByRole('complementary').getByText('time limit').waitFor();
    const trace = (await page.getByRole('img', { name: 'Action values of the policy' }).boundingBox())!;
    await page.mouse.click(trace.x + trace.width / 2, trace.y + trace.height / 2);
    await page.getByRole('img', { name: 'CartPole-v1 at step 250, return 250' }).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.getByLabel('Lay over').selectOption({ index: 1 });
    await page
      .getByRole('img', { name: /^CartPole-v1 at step/ })
      .nth(1)
      .waitFor();
    expect(await page.getByRole('img', { name: 'Action values of the policy' }).count()).toBe(2);
    await page.getByLabel('Lay over').selectOption('');
  });

  it('knows where a model came from and what became of it', async () => {
    await tab('Provenance');
    await page.getByText(createHash('sha256').update(file).digest('hex')).waitFor();
    await page
      .getByRole('link', { name: /weights pruned/ })
      .last()
      .click();
    await page.getByRole('heading', { name: /weights pruned/, level: 1 }).waitFor();
    await page.getByText('"sparsity": 0.75').waitFor();
    await page.getByText('test · 4 episodes').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.locator('ol').getByRole('link', { name: 'dqn-CartPole-v1', exact: true }).click();
    await page.getByRole('heading', { name: 'dqn-CartPole-v1', level: 1, exact: true }).waitFor();
  });

  it('evaluates from where one looks', async () => {
    await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await page.getByRole('button', { name: /^Evaluating/ }).waitFor();
    await page.getByText('test · 100 episodes').waitFor({ timeout: 60_000 });
    await page.getByText(/^p95/).waitFor();
  });

  it('speaks Chinese, and reported no error on the way', async () => {
    const { page: chinese, errors: own } = await workbench().openPage({ locale: 'zh-CN', reducedMotion: 'reduce' });
    await chinese.evaluate((hash) => (location.hash = hash), new URL(page.url()).hash.replace('provenance', 'network'));
    await chinese.getByRole('tab', { name: '敏感度' }).waitFor();
    await chinese.getByText('权重分布').waitFor();
    expect([...errors, ...own]).toEqual([]);
  });
});
