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

  it('what nothing heals is suggested to be pruned early, and what was typed stays', async () => {
    expect(await recipe()).toMatchObject({ recovery: 'distill', from: 0.9, to: 0.98 });
    await choose('Healed in the end by', 'none');
    expect(await recipe()).toMatchObject({ recovery: 'none', from: 0.05, to: 0.4 });
    await page.getByLabel('To', { exact: true }).fill('0.7');
    await choose('Healed in the end by', 'distill');
    expect(await recipe()).toMatchObject({ recovery: 'distill', from: 0.05, to: 0.7 });
  });

  it('keeps nobody out', async () => {
    await choose('How', 'sparse');
    expect(await findingsInBothThemes(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  describe('in an environment that is changed', () => {
    const whole = async (): Promise<Record<string, unknown>> =>
      JSON.parse(await page.locator('pre').innerText()) as Record<string, unknown>;
    const at = (environment: string): Promise<void> =>
      page.evaluate(`void (location.hash = '#/train/' + ${JSON.stringify(encodeURIComponent(environment))})`);

    it('finds the options of its name in fields, and puts together what is typed there', async () => {
      await at('CartPole-v1?stack=4&sticky=0.25');
      await page.getByText('Trains on CartPole-v1?stack=4&sticky=0.25').waitFor();
      expect(await page.getByLabel('Frame stack').inputValue()).toBe('4');
      await page.getByLabel('Time limit').fill('200');
      await page.getByLabel('Frame stack').fill('');
      expect(await whole()).toMatchObject({ environment: 'CartPole-v1?max-steps=200&sticky=0.25' });
      await page.getByText('Everything fits together.').waitFor();
      // What was typed outlives the address that it began with.
      await page.reload();
      await page.getByText('Trains on CartPole-v1?max-steps=200&sticky=0.25').waitFor();
    });

    it('says beside the field what cannot be, and does not start', async () => {
      await page.getByLabel('Sticky actions').fill('1');
      await page.getByText('Less than 1.').waitFor();
      await page.getByLabel('Frame stack').fill('1.5');
      await page.getByText('A whole number is needed here.').waitFor();
      expect(await page.getByRole('button', { name: 'Start training' }).isDisabled()).toBe(true);
      await page.getByLabel('Sticky actions').fill('');
      await page.getByLabel('Frame stack').fill('');
      await page.getByLabel('Time limit').fill('');
      expect(await whole()).toMatchObject({ environment: 'CartPole-v1' });
    });

    it('that is none, or has options that are none, says so', async () => {
      await at('CartPole-v1?wind=3');
      await page.getByText('There is no environment "CartPole-v1?wind=3"').waitFor();
      await at('CartPole-v1');
      await page.getByLabel('Frame stack').waitFor();
    });

    it('draws by priority where it is asked to, with the published numbers', async () => {
      await page.getByLabel('Prioritised replay', { exact: true }).check();
      expect(await whole()).toMatchObject({ dqn: { prioritizedReplay: { alpha: 0.6, beta: 0.4, epsilon: 1e-6 } } });
      await page.getByLabel('Priority α').fill('2');
      await page.getByText('At most 1.').waitFor();
      await page.getByLabel('Priority α').fill('0.7');
      expect(await whole()).toMatchObject({ dqn: { prioritizedReplay: { alpha: 0.7, beta: 0.4 } } });
      await page.getByText('Everything fits together.').waitFor();
      await page.getByLabel('Prioritised replay', { exact: true }).uncheck();
      expect((await whole()).dqn).not.toHaveProperty('prioritizedReplay');
    });

    it('keeps the last policy, and its curves as files, where it is asked to', async () => {
      expect(await whole()).not.toHaveProperty('keepLast');
      await page.getByText('The policy of the last step as well').click();
      await page.getByText('The curves as files').click();
      expect(await whole()).toMatchObject({ keepLast: true, log: expect.stringMatching(/-logs$/) as string });
      await page.getByLabel('Folder for these files').fill('logs');
      await page.getByText('The whole path is needed, from the root or the drive on.').waitFor();
      expect(await page.getByRole('button', { name: 'Start training' }).isDisabled()).toBe(true);
      expect(await findingsInBothThemes(page)).toEqual([]);
      await page.getByText('The curves as files').click();
      expect(await whole()).not.toHaveProperty('log');
      expect(errors).toEqual([]);
    });
  });
});
