// What is dropped and is no agent, or means harm: the page says what it is where the person looks, and goes on.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { repackAgent, unpackAgent } from '../../engine/formats/repack-agent.ts';
import * as pickle from '../../engine/formats/pickle-writer.ts';
import { fixtureAgent, sampleAgent } from '../../services/sample-services.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { findingsInBothThemes } from '../axe.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { dropFiles, dropFromDisk, fileAt } from './drop-files.ts';
import { workbenchOfAFile } from './workbench-of-a-file.ts';

describe.skipIf(chromiumPath === undefined)(`hostile files (skipped where there is ${NO_CHROMIUM})`, () => {
  const workbench = workbenchOfAFile();
  const agent = unpackAgent('dqn-trained.zip');
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    ({ page, errors } = await workbench().openPage({ reducedMotion: 'reduce' }));
    // Not where files are usually dropped: it is said wherever the person is.
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  });

  const tray = (): Locator => page.getByRole('region', { name: 'Imports' });
  const isRefused = async (name: string, message: string | RegExp, hint: string): Promise<void> => {
    await tray().getByRole('alert').getByText(message).waitFor();
    await tray().getByText(hint).waitFor();
    expect(page.url()).toMatch(/#\/settings$/);
    await tray()
      .getByRole('button', { name: `Dismiss ${name}` })
      .click();
    await tray().getByText(message).waitFor({ state: 'detached' });
  };

  it('a zip bomb', async () => {
    const bytes = zipSync({ ...agent.entries, 'policy.pth': new Uint8Array(2 ** 26) });
    expect(bytes.length).toBeLessThan(2 ** 20);
    await dropFiles(page, [{ name: 'bomb.zip', bytes }]);
    await isRefused(
      'bomb.zip',
      /"bomb\.zip" is refused as a zip bomb/,
      'No model is packed like this; do not trust the file.',
    );
  });

  it('a pickle that would run a program: refused, and the program has not run', async () => {
    const mark = join(temporaryFolder(), 'it-ran');
    const program = pickle.dump(pickle.reduce(pickle.global('os', 'system'), pickle.tuple(`touch ${mark}`)));
    const pickleName = Object.keys(agent.weights).find((entry) => entry.endsWith('data.pkl'))!;
    const { bytes } = repackAgent(agent, { [pickleName]: program });
    await dropFiles(page, [{ name: 'program.zip', bytes }]);
    await isRefused('program.zip', /asks for "os\.system"/, 'Pickles can carry programs');
    expect(existsSync(mark)).toBe(false);
  });

  it('a normaliser that would run a program, beside a good agent', async () => {
    const program = pickle.dump(pickle.reduce(pickle.global('builtins', 'exec'), pickle.tuple('1')));
    await dropFiles(page, [fileAt(fixtureAgent('a2c-Acrobot-v1.zip')), { name: 'a2c-Acrobot-v1.pkl', bytes: program }]);
    await isRefused('a2c-Acrobot-v1.zip', /asks for "builtins\.exec"/, 'Pickles can carry programs');
  });

  it.each([
    {
      name: 'notes.txt',
      content: 'a thesis, honestly',
      message: '"notes.txt" is not a model file that Secateur knows',
    },
    { name: 'agent.zip', content: 'a zip, honestly', message: '"agent.zip" is not a zip file' },
    { name: 'nothing.zip', content: '', message: /"nothing\.zip"/ },
  ])('a file of another kind: $name', async ({ name, content, message }) => {
    await dropFiles(page, [{ name, bytes: new TextEncoder().encode(content) }]);
    await tray().getByRole('alert').getByText(message).first().waitFor();
    await tray()
      .getByRole('button', { name: `Dismiss ${name}` })
      .click();
  });

  it('a folder', async () => {
    const folder = join(temporaryFolder(), 'my-agents');
    mkdirSync(folder);
    writeFileSync(join(folder, 'agent.zip'), 'inside');
    await dropFromDisk(page, [folder]);
    await tray().getByRole('alert').waitFor();
    expect(await findingsInBothThemes(page)).toEqual([]);
    await isRefused('my-agents', 'Its bytes could not be read.', 'A folder cannot be imported');
  });

  it('after all of it an agent gets in as ever, whatever its file is called', async () => {
    await dropFiles(page, [fileAt(sampleAgent, 'renamed.bin')]);
    await page.waitForURL(/#\/model\//);
    await tray().getByText('Imported into CartPole-v1').waitFor();
    expect(errors).toEqual([]);
  });
});
