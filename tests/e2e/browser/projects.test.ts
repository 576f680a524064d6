// How a person gets agents in, and what they can do to projects, in a real browser.
import { decode, encode } from '@msgpack/msgpack';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureAgent, sampleAgent } from '../../services/sample-services.ts';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { dragOver, dropFiles, fileAt } from './drop-files.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

const garbage = { name: 'broken.zip', bytes: new TextEncoder().encode('not a zip at all') };
const acrobot = fileAt(fixtureAgent('a2c-Acrobot-v1.zip'));
const acrobotNormalizer = fileAt(fixtureAgent('a2c-Acrobot-v1.vecnormalize.pkl'), 'vecnormalize.pkl');
const mountainCar = fileAt(fixtureAgent('dqn-MountainCar-v0.zip'));

describe.skipIf(chromiumPath === undefined)(`projects (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
  });

  const home = (): Promise<void> => page.getByRole('button', { name: 'Projects', exact: true }).click();
  const card = (name: string) => page.getByRole('article', { name, exact: true });
  const tray = () => page.getByRole('region', { name: 'Imports' });

  it('an empty store explains itself, and one click opens the sample and measures it', async () => {
    await page.getByRole('heading', { name: 'Make a trained policy small' }).waitFor();
    await page.getByRole('listitem').nth(2).waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open the sample agent' }).click();
    await page.waitForURL(/#\/model\//);
    await home();
    await card('CartPole-v1').getByText('500.0').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
  });

  it('files that hang over the page are welcome; what is wrong with one is said, and the others get in', async () => {
    const letGo = await dragOver(page, [garbage, mountainCar, acrobotNormalizer]);
    await page.getByText('Drop to import').waitFor();
    await letGo();
    await page.getByText('Drop to import').waitFor({ state: 'detached' });
    await tray().getByText('"broken.zip" is not a zip file').waitFor();
    await tray().getByText('Choose the .zip that Stable-Baselines3 wrote').waitFor();
    await tray().getByText('A normaliser needs the agent').waitFor();
    await card('MountainCar-v0').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await tray().getByRole('button', { name: 'Dismiss broken.zip' }).click();
    await tray().getByRole('button', { name: 'Dismiss vecnormalize.pkl' }).click();
    expect(page.url()).toMatch(/#\/projects$/);
  });

  it('an agent comes with its normaliser, chosen with Ctrl+O', async () => {
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Control+O');
    await (
      await chooser
    ).setFiles([
      { name: acrobotNormalizer.name, mimeType: '', buffer: Buffer.from(acrobotNormalizer.bytes) },
      { name: acrobot.name, mimeType: '', buffer: Buffer.from(acrobot.bytes) },
    ]);
    await tray().getByText('with vecnormalize.pkl').waitFor();
    await page.waitForURL(/#\/model\//);
    await tray().getByText('Imported into Acrobot-v1').waitFor();
    await home();
    await card('Acrobot-v1').getByText('Dense return').waitFor();
  });

  it('is searched with Ctrl+F, and keys open what was opened last', async () => {
    await page.keyboard.press('Control+F');
    await page.keyboard.type('mountain');
    await card('Acrobot-v1').waitFor({ state: 'detached' });
    expect(await page.getByRole('article').count()).toBe(1);
    await page.keyboard.type(' of gold');
    await page.getByText('Nothing is called anything like “mountain of gold”.').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('article').count()).toBe(3);
    // Acrobot's model was opened last, the sample's before.
    await page.keyboard.press('Control+2');
    await page.waitForURL(/#\/project\//);
    await page.goBack();
    await card('CartPole-v1').getByText('Ctrl+1').waitFor();
  });

  it('a project is renamed where it stands, duplicated, deleted, and brought back', async () => {
    await card('MountainCar-v0').getByRole('link').focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('Valley\n');
    await card('Valley').getByRole('button', { name: 'Actions for Valley' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await card('Valley').getByRole('textbox').fill('Hill');
    await page.keyboard.press('Enter');
    await card('Hill').getByText('MountainCar-v0 · 1 model').waitFor();

    await card('Hill').getByRole('button', { name: 'Actions for Hill' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await card('Hill (copy)').waitFor();
    await card('Hill (copy)').getByRole('link').focus();
    await page.keyboard.press('Delete');
    await card('Hill (copy)').waitFor({ state: 'detached' });
    await page.locator('article a:focus').waitFor();
    await page.keyboard.press('Control+Z');
    await card('Hill (copy)').waitFor();

    await page.reload();
    await card('Hill').waitFor();
    await card('Hill (copy)').waitFor();
  });

  it('asks for the environment where it cannot be known, and goes on with the answer', async () => {
    const { page: asked } = await workbench().openPage();
    // The fixtures fit one environment each: the host's first answer is replaced by one that leaves two open.
    await asked.routeWebSocket(/contract/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        const { id, channel, payload } = decode(Buffer.from(message as Buffer)) as Record<string, unknown>;
        const undecided = channel === 'models.import' && (payload as { environment: unknown }).environment === null;
        const choices = ['CartPole-v1', 'Acrobot-v1'];
        const problem = { kind: 'bad-input', code: 'EnvironmentUndecidedError', message: 'm', hint: 'h', choices };
        if (undecided) socket.send(Buffer.from(encode({ type: 'answer', id, answer: { ok: false, problem } })));
        else server.send(message);
      });
    });
    await asked.reload();
    await dropFiles(asked, [fileAt(sampleAgent, 'policy.zip')]);
    await asked.getByText('policy.zip does not say which environment it was trained in.').waitFor();
    await asked.getByRole('button', { name: 'Acrobot-v1', exact: true }).click();
    await asked.getByText("the model's observation is [4]").waitFor();
    await asked.getByRole('button', { name: 'Dismiss policy.zip' }).click();
    await dropFiles(asked, [fileAt(sampleAgent, 'policy.zip')]);
    await asked.getByRole('button', { name: 'CartPole-v1', exact: true }).click();
    await asked.getByText('Was here already, in CartPole-v1').waitFor();
  });

  it('reported no error of its own', () => {
    expect(errors).toEqual([]);
  });
});
