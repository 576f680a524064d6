// Runs as a list in a real browser: followed, paused, ended, and started again.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateRecipe, trainRecipe } from '../../contract/recipes.ts';
import { askHost } from './ask-host.ts';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { killWorkers } from './kill-workers.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

describe.skipIf(chromiumPath === undefined)(`jobs (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    await page.getByRole('button', { name: 'Jobs', exact: true }).click();
  });

  const job = (title: string): Locator => page.getByRole('article', { name: title, exact: true });
  const ask = (title: string, action: string): Promise<void> =>
    job(title).getByRole('button', { name: action }).click();
  const training = 'Train DQN on CartPole-v1';

  it('says that nothing has run yet, and where to begin', async () => {
    await page.getByText('Nothing has run yet').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  it('shows what has run, on which model, and what goes on, with how far it is', async () => {
    const { model } = await askHost(page, 'models.import-sample', null);
    await askHost(page, 'runs.start', { recipe: evaluateRecipe({ kind: 'model', id: model.id }) });
    await job('Evaluate on test seeds').getByText('Finished').waitFor();
    await page.reload();
    await job('Evaluate on test seeds').getByText('dqn-CartPole-v1 in CartPole-v1').waitFor();
    await askHost(page, 'runs.start', { recipe: trainRecipe({ steps: 1_000_000_000 }) });
    await job(training).getByText('Running').waitFor();
    await job(training)
      .getByText(/of 1\s000\s000\s000 steps/)
      .waitFor();
    await job(training).getByRole('progressbar').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  it('a run is paused, goes on, is cancelled, and started again', async () => {
    await ask(training, 'Pause');
    await job(training).getByText('Paused').waitFor();
    await ask(training, 'Continue');
    await job(training).getByText('Running').waitFor();
    await ask(training, 'Cancel');
    await job(training).getByText('Cancelled', { exact: true }).waitFor();
    await ask(training, 'Run again');
    await job(training).first().getByText('Running').waitFor();
    expect(await job(training).count()).toBe(2);
  });

  it('a run whose worker dies has failed, says so, and the page lives on', async () => {
    await page.getByText('Active 1', { exact: true }).click();
    await job(training)
      .getByText(/of 1\s000\s000\s000 steps/)
      .waitFor();
    killWorkers(workbench());
    await page.getByText('No run is in this state.').waitFor();
    await page.getByText('Failed 1', { exact: true }).click();
    await job(training).getByRole('alert').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await job(training).getByRole('link').click();
    await page.waitForURL(/#\/run\//);
    expect(errors).toEqual([]);
  });
});
