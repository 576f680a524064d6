// How fast the workbench is in Chromium: opening it, opening views of a full store, frames while runs stream, memory.
// Writes docs/bench/ui.{json,md}; README has the table. Ends with 1 when a target is missed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobHost } from '../../src-main/hosts/cli/session.ts';
import { serveWorkbench } from '../e2e/browser/served-workbench.ts';
import { fillStore } from './ui/full-store.ts';
import { measureHeatMap } from './ui/heat-map.ts';
import { memoryOf } from './ui/memory.ts';
import { measureStreaming } from './ui/streaming.ts';
import { openPage, openView, type Opening } from './ui/views.ts';
import { describeMachine } from './speed/machine.ts';
import { median } from './speed/rounds.ts';

const TIMES = 5;
/** Until what the view before has asked for is answered. */
const PAUSE_MS = 1000;
/** Views with parts that are not in the store: weights are counted, episodes are played. */
const COMPUTED: ReadonlySet<string> = new Set([
  'the inspector of a model',
  'a run with 50 000 points',
  'a comparison of 4 models',
]);
const docs = new URL('../../docs/bench/', import.meta.url);

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'frames/s' | 'MB';
  /** The most, or of frames the least; null where it is only told. */
  readonly target: number | null;
}

const figures: Figure[] = [];
const log = (line: string): void => {
  console.log(line);
};
function note(figure: Figure): void {
  figures.push(figure);
  log(`${figure.what}: ${figure.value.toFixed(figure.value < 10 ? 1 : 0)} ${figure.unit}`);
}
const isReached = ({ value, unit, target }: Figure): boolean =>
  target === null || (unit === 'frames/s' ? value >= target : value <= target);

async function measureViews(folder: string): Promise<void> {
  const { projectId, modelIds, runIds } = await fillStore(folder, jobHost);
  const started = performance.now();
  const workbench = await serveWorkbench(folder);
  note({
    what: '`secateur serve` until the host answers',
    value: performance.now() - started,
    unit: 'ms',
    target: null,
  });
  try {
    const openings: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const { page } = await workbench.openPage();
      openings.push(await openPage(page, workbench.url, 'CartPole-v1'));
      await page.context().close();
    }
    note({ what: 'the page until it can be used, nothing cached', value: median(openings), unit: 'ms', target: 1500 });

    const { page } = await workbench.openPage();
    await page.getByText('CartPole-v1').first().waitFor();
    const home = '#/projects';
    const { host, page: ofPage } = await memoryOf(page, workbench.host.pid!);
    note({ what: 'memory of the idle host', value: host, unit: 'MB', target: null });
    note({ what: 'memory of the idle page (its JavaScript)', value: ofPage, unit: 'MB', target: null });

    const compared = [0, 100, 500, 900].map((at) => modelIds[at]!).join(',');
    const views = [
      ['projects', home, 'CartPole-v1'],
      ['a project of 1 000 models', `#/project/${projectId}`, 'pruned 7'],
      ['the inspector of a model', `#/model/${modelIds[0]!}/network`, 'MACs'],
      ['a run with 50 000 points', `#/run/${runIds[3]!}`, 'Smoothing'],
      ['a comparison of 4 models', `#/compare/${compared}`, 'What differs'],
      ['jobs', '#/jobs', 'Finished'],
      ['the wizard', `#/prune/${modelIds[0]!}`, 'Model and data'],
    ] as const;
    for (const [name, address, shows] of views) {
      const openings: Opening[] = [];
      for (let time = 0; time < TIMES; time++) {
        await openView(page, address === home ? '#/settings' : home, address === home ? 'Settings' : 'CartPole-v1');
        await page.waitForTimeout(PAUSE_MS);
        openings.push(await openView(page, address, shows));
      }
      const stored = median(openings.map((opening) => opening.stored));
      const whole = median(openings.map((opening) => opening.whole));
      note({ what: `opening ${name}`, value: COMPUTED.has(name) ? stored : whole, unit: 'ms', target: 300 });
      if (COMPUTED.has(name))
        note({ what: `${name}, with what a worker computes for it`, value: whole, unit: 'ms', target: null });
    }
  } finally {
    await workbench.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'secateur-bench-'));
const machine = describeMachine();
try {
  await measureViews(join(folder, 'full'));
  for (const { view, frames } of await measureStreaming(join(folder, 'streaming'))) {
    note({ what: `${view} while four runs stream`, value: frames.perSecond, unit: 'frames/s', target: 58 });
  }
  note({ what: 'panning a heat map of 3136 × 512', value: await measureHeatMap(log), unit: 'frames/s', target: 50 });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const table = [
  '| in Chromium | measured | target |',
  '|---|---|---|',
  ...figures.map(({ what, value, unit, target }) => {
    const bound = target === null ? '–' : `${unit === 'frames/s' ? '≥' : '≤'} ${target} ${unit}`;
    return `| ${what} | ${value.toFixed(value < 10 ? 1 : 0)} ${unit} | ${bound} |`;
  }),
];
const { processor, cores, loadBefore } = machine;
const page = [
  '# The workbench',
  '',
  `Made by \`npm run bench:ui\` on ${cores} cores of an ${processor}, load ${loadBefore.toFixed(1)} before; no GPU, Chromium draws in software.`,
  '',
  ...table,
  '',
  `Times are medians of ${TIMES}. The store has 1 000 models and a million metric points; a view is open once the frame`,
  'is drawn in which nothing is missing that the store has. The runs that stream send 200 points a second each, and the policy',
  'that plays whenever the page asks for it; they compute nothing, so that the page is what is measured.',
];
writeFileSync(new URL('ui.json', docs), `${JSON.stringify({ machine, figures }, null, 2)}\n`);
writeFileSync(new URL('ui.md', docs), `${page.join('\n')}\n`);
const missed = figures.filter((figure) => !isReached(figure));
for (const { what } of missed) log(`missed: ${what}`);
process.exitCode = missed.length === 0 ? 0 : 1;
