// Frames of the page while four runs stream into it at once.
import { readFileSync } from 'node:fs';
import { jobHost } from '../../../src-main/hosts/cli/session.ts';
import { servePage } from '../../../src-main/hosts/browser/serve-page.ts';
import { openServices } from '../../../src-main/hosts/open-services.ts';
import { PAGE_FOLDER, readPageFiles } from '../../../src-main/hosts/page-files.ts';
import { Application } from '../../../src-main/services/application.ts';
import { importModel } from '../../../src-main/services/import-model.ts';
import { trainRecipe } from '../../contract/recipes.ts';
import { launchChromium } from '../../e2e/browser/chromium.ts';
import { sampleAgent } from '../../services/sample-services.ts';
import { watchFrames, type Frames } from './frames.ts';
import { streamingJobHost } from './streaming-host.ts';
import { openView } from './views.ts';

const RUNS = 4;
const WATCHED_MS = 10_000;
/** Until the first curves are drawn. */
const SETTLING_MS = 2_000;

export interface Streaming {
  readonly view: string;
  readonly frames: Frames;
}

export async function measureStreaming(storeFolder: string): Promise<Streaming[]> {
  const services = await openServices({ storeFolder, jobHost });
  const { model } = await importModel(services, {
    file: { name: 'dqn-CartPole-v1.zip', bytes: new Uint8Array(readFileSync(sampleAgent)) },
    normalizer: null,
    environment: null,
  });
  const policy = await services.store.artifacts.get(model.artifactHash);
  services.store.settings.write({ concurrentRuns: RUNS });
  const streaming = { ...services, jobHost: streamingJobHost(policy, jobHost) };
  const unused = (): Promise<never> => Promise.reject(new Error('nobody asks'));
  const application = new Application(streaming, {
    door: 'browser',
    versions: { electron: null, chromium: null },
    chooseFolder: unused,
    reveal: unused,
  });
  const served = await servePage({ application, files: await readPageFiles(PAGE_FOLDER), port: 0 });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    await page.goto(served.url);
    await page.getByText('CartPole-v1').first().waitFor();
    const runs = await Promise.all(
      Array.from({ length: RUNS }, (_, seed) => application.board.start(trainRecipe({ seed }))),
    );
    const measured: Streaming[] = [];
    for (const [view, address, shows] of [
      ['a run', `#/run/${runs[0]!.id}`, 'Running'],
      ['jobs', '#/jobs', 'Running'],
      ['projects', '#/projects', 'CartPole-v1'],
    ] as const) {
      await openView(page, address, shows);
      await watchFrames(page, SETTLING_MS);
      measured.push({ view, frames: await watchFrames(page, WATCHED_MS) });
    }
    return measured;
  } finally {
    await browser.close();
    await served.close();
    await application.close();
    services.store.close();
  }
}
