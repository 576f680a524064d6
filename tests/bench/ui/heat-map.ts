// How fluently a heat map of 3136 × 512 weights pans: frames per second while it is dragged, far and near.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { UNASSIGNED } from '../../../src-main/contract/entity.ts';
import type { ModelDescription } from '../../../src-main/contract/model.ts';
import { writeModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import { initializeParameters } from '../../../src-main/engine/networks/initialize.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { openServices } from '../../../src-main/hosts/open-services.ts';
import { projectOf } from '../../../src-main/services/imported-models.ts';
import { storeModel } from '../../../src-main/services/store-model.ts';
import { serveWorkbench } from '../../e2e/browser/served-workbench.ts';
import { describeFrames, framesOf } from './frames.ts';

const MEASURED_MS = 3000;

/** As large as the widest layer of the Nature CNN, nine of ten weights pruned. */
const INPUTS = 3136;
const UNITS = 512;
const description: ModelDescription = {
  algorithm: 'dqn',
  network: {
    input: { shape: [INPUTS], scale: 1 },
    trunk: [{ kind: 'dense', name: 'dense', units: UNITS, activation: 'relu' }],
    heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q', units: 4, activation: 'linear' }] }],
    combine: 'concatenate',
  },
  policy: { kind: 'greedy', head: 'q' },
  actionSpace: { kind: 'discrete', n: 4 },
  gamma: null,
};

async function fill(storeFolder: string): Promise<string> {
  const jobHost = {
    start: () => {
      throw new Error('nothing is computed here');
    },
  };
  const services = await openServices({ storeFolder, jobHost });
  const random = new Random(1);
  const parameters = initializeParameters(description.network, random);
  const kernel = parameters['dense/kernel']!;
  for (let i = 0; i < kernel.length; i++) if (random.uniform() < 0.9) kernel[i] = 0;
  const bytes = writeModel({ description, parameters, masks: {} });
  const model = { bytes, description, count: countNetwork(description.network, parameters) };
  const projectId = projectOf(services, UNASSIGNED).id;
  const made = { projectId, name: 'wide', parentId: null, runId: null, source: null };
  const { id } = await storeModel(services, { ...made, model });
  services.store.close();
  return id;
}

/** Drags by a little in every frame. @returns the time of each frame, in milliseconds */
function pan(page: Page): Promise<number[]> {
  return page.evaluate(
    (milliseconds) =>
      new Promise<number[]>((resolve) => {
        const map = document.querySelector('[role="application"]')!;
        const { left, top, width, height } = map.getBoundingClientRect();
        const times: number[] = [];
        let [start, last, frame] = [0, 0, 0];
        const step = (now: number): void => {
          if (start === 0) start = now;
          else times.push(now - last);
          last = now;
          if (now - start > milliseconds) {
            resolve(times);
            return;
          }
          frame++;
          map.dispatchEvent(
            new PointerEvent('pointermove', {
              // Of the mouse, which is down.
              pointerId: 1,
              clientX: left + width / 2 + 200 * Math.sin(frame / 20),
              clientY: top + height / 2 + 100 * Math.cos(frame / 13),
              bubbles: true,
            }),
          );
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    MEASURED_MS,
  );
}

/** Frames per second at the slowest of several magnifications, while the map is dragged. */
export async function measureHeatMap(log: (line: string) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'secateur-bench-'));
  try {
    const id = await fill(folder);
    const workbench = await serveWorkbench(folder);
    try {
      return await panAtEveryZoom((await workbench.openPage()).page, id, log);
    } finally {
      await workbench.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function panAtEveryZoom(page: Page, modelId: string, log: (line: string) => void): Promise<number> {
  await page.locator('nav').waitFor();
  await page.evaluate((address) => (location.hash = address), `#/model/${modelId}/network`);
  const map = page.getByRole('application', { name: /Heat map/ });
  await map.waitFor();
  const { x, y, width, height } = (await map.boundingBox())!;
  let slowest = Infinity;
  // Wheel turns from "all of it is in view" on: about 0.3, 1, 4 and 30 pixels for a weight.
  for (const [name, turns] of [
    ['all in view', 0],
    ['a pixel each', 1],
    ['4 pixels each', 1.2],
    ['30 pixels each', 1.7],
  ] as const) {
    await page.mouse.move(x + width / 2, y + height / 2);
    if (turns > 0) await page.mouse.wheel(0, -800 * turns);
    await page.mouse.down();
    await pan(page); // what comes into view for the first time is painted once
    const frames = framesOf(await pan(page));
    await page.mouse.up();
    slowest = Math.min(slowest, frames.perSecond);
    log(`heat map, ${name}: ${describeFrames(frames)}`);
  }
  return slowest;
}
