// A search over ways of pruning as it is followed in a real browser, and what is said of a policy that was pruned hard.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchTrial } from '../../../src-main/contract/search.ts';
import { readModelFile } from '../../../src-main/engine/formats/registry.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { byHand, pruneRecipe, searchRecipe } from '../../contract/recipes.ts';
import { referenceForward } from '../../reference-network.ts';
import { findingsInBothThemes } from '../axe.ts';
import { askHost } from './ask-host.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

describe.skipIf(chromiumPath === undefined)(`a search (skipped where there is ${NO_CHROMIUM})`, () => {
  let store = '';
  const workbench = workbenchOfAFile((folder) => {
    store = folder;
  });
  let page: Page;
  let errors: string[];
  let source: { readonly kind: 'model'; readonly id: string };
  let runId: string;
  let trials: readonly SearchTrial[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    const { model } = await askHost(page, 'models.import-sample', null);
    source = { kind: 'model', id: model.id };
    const recipe = searchRecipe(source);
    // What is cut so hard that it plays badly is in the front beside what plays well, as long as nothing is dropped.
    const space = { ...recipe.space, criteria: ['l1'], sparsities: [0.5, 0.9, 0.995, 0.999] };
    const asked = { ...recipe, space, trials: 4, keepOneIn: 1 };
    ({ id: runId } = await askHost(page, 'runs.start', { recipe: asked }));
  });

  const at = (hash: string): Promise<void> => page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);
  const row = (trial: SearchTrial) =>
    page.getByRole('row').filter({
      has: page.getByRole('rowheader', { name: `${trial.rung + 1}.${trial.number}`, exact: true }),
    });

  it('shows its trials as they come, and says in the end what it came to', async () => {
    await at(`#/run/${runId}`);
    await page.getByRole('region', { name: 'Trials' }).getByRole('rowheader').first().waitFor();
    await page.getByRole('img', { name: 'Return against what it costs' }).waitFor();
    await page.getByText(/\d+ trials in .*, 2 at a time\./).waitFor({ timeout: 90_000 });
    trials = await askHost(page, 'runs.trials', { id: runId });
    expect(await page.getByRole('region', { name: 'Trials' }).getByRole('rowheader').count()).toBe(trials.length);
    expect(new Set(trials.map(({ rung }) => rung))).toEqual(new Set([0, 1]));
    expect(await findingsInBothThemes(page)).toEqual([]);
  }, 120_000);

  it('marks the one that was chosen, and offers the others of the front, which no other beats', async () => {
    const { outcome } = await askHost(page, 'runs.get', { id: runId });
    if (outcome?.kind !== 'search') throw new Error('no search');
    const { front, chosen } = outcome.search;
    const found = (key: { rung: number; number: number }): SearchTrial =>
      trials.find(({ rung, number }) => rung === key.rung && number === key.number)!;
    await row(found(chosen)).getByText('chosen', { exact: true }).waitFor();
    const others = front.filter(({ rung, number }) => rung !== chosen.rung || number !== chosen.number).map(found);
    for (const trial of others) await row(trial).getByRole('button', { name: 'Make it a model' }).waitFor();
    expect(await page.getByRole('button', { name: 'Make it a model' }).count()).toBe(others.length);
    const last = trials.flatMap(({ rung, outcome: { kind, ...rest } }) =>
      rung === 1 && 'measured' in rest && kind === 'measured' ? [rest.measured] : [],
    );
    for (const { outcome: own } of [...others, found(chosen)]) {
      if (own.kind !== 'measured') throw new Error('a failed trial in the front');
      const { weights, meanReturn } = own.measured;
      expect(last.some((other) => other.weights < weights && other.meanReturn > meanReturn)).toBe(false);
    }
  });

  it('makes any trial of the front a model', async () => {
    const { outcome } = await askHost(page, 'runs.get', { id: runId });
    if (outcome?.kind !== 'search') throw new Error('no search');
    const { front, chosen } = outcome.search;
    const other = front.find(({ rung, number }) => rung !== chosen.rung || number !== chosen.number);
    if (other === undefined) throw new Error('the front is one trial: choose a space with more');
    const trial = trials.find(({ rung, number }) => rung === other.rung && number === other.number)!;
    await row(trial).getByRole('button', { name: 'Make it a model' }).click();
    await page.waitForURL((url) => url.hash.startsWith('#/run/') && !url.hash.endsWith(runId));
    await page.getByRole('button', { name: 'Export', exact: true }).waitFor({ timeout: 60_000 });
    const made = await askHost(page, 'runs.get', { id: new URL(page.url()).hash.replace('#/run/', '') });
    expect(made.recipe).toEqual(trial.recipe);
  });

  it('is shown in Chinese', async () => {
    const { page: chinese } = await workbench().openPage({ locale: 'zh-CN', reducedMotion: 'reduce' });
    await chinese.evaluate(`void (location.hash = '#/run/${runId}')`);
    await chinese.getByRole('region', { name: '试验' }).waitFor();
    await chinese.close();
  });

  describe('what the inspector explains of a policy that has lost most of its first layer', () => {
    let unread: readonly number[];

    beforeAll(async () => {
      const method = { ...byHand, layers: { dense_1: { sparsity: 0.997 } } };
      const { id } = await askHost(page, 'runs.start', { recipe: pruneRecipe(source, { method }) });
      await at(`#/run/${id}`);
      await page.getByRole('button', { name: 'Export', exact: true }).waitFor({ timeout: 60_000 });
      const { outcome } = await askHost(page, 'runs.get', { id });
      if (outcome?.kind !== 'prune') throw new Error('nothing was pruned');
      const { artifactHash } = (await askHost(page, 'models.get', { id: outcome.modelId })).model;
      const path = join(store, 'artifacts', artifactHash.slice(0, 2), artifactHash.slice(2));
      const { model } = readModelFile({ name: 'pruned.safetensors', bytes: new Uint8Array(readFileSync(path)) });
      // Whether an input matters is tried out: it is changed, and nothing else.
      const random = new Random(1);
      const { network } = model.description;
      const answers = (observation: readonly number[]): number[] =>
        referenceForward({ network, parameters: model.parameters, observation });
      unread = [0, 1, 2, 3].filter((input) =>
        Array.from({ length: 200 }).every(() => {
          const state = [0, 1, 2, 3].map(() => 4 * random.normal());
          const changed = state.map((value, i) => (i === input ? value + 3 * random.normal() : value));
          return JSON.stringify(answers(state)) === JSON.stringify(answers(changed));
        }),
      );
      await at(`#/model/${outcome.modelId}/network`);
    });

    it('names the inputs that it no longer looks at, and no other', async () => {
      expect(unread.length).toBeGreaterThan(0);
      const sentence = page.getByText(/^It no longer looks at/);
      await sentence.waitFor();
      const names = environments.get('CartPole-v1').observationNames!;
      const named = names.map((name, i) => [`${name} (input ${i})`, i] as const);
      const text = await sentence.innerText();
      expect(named.filter(([name]) => text.includes(name)).map(([, i]) => i)).toEqual(unread);
      expect(text).toMatch(new RegExp(`what decides is ${4 - unread.length} of 4 inputs\\.$`));
    });

    it('warns that runtimes do not care for the zeros that are left', async () => {
      await page.getByText(/most runtimes multiply by them as by any other number/).waitFor();
      expect(await findingsInBothThemes(page)).toEqual([]);
    });

    it('says nothing of the dense one, which looks at everything', async () => {
      await at(`#/model/${source.id}/network`);
      await page.getByRole('application', { name: /Heat map/ }).waitFor();
      expect(await page.getByText(/no longer looks at|most runtimes multiply/).count()).toBe(0);
    });
  });

  it('reported no error of its own', () => {
    expect(errors).toEqual([]);
  });
});
