// What a run leaves beside the store is what the store has.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MetricPoint, Run } from '../../../src-main/contract/entity.ts';
import { recipeSchema } from '../../../src-main/contract/recipe.ts';
import { RunControl } from '../../../src-main/services/run-control.ts';
import { checkLogFolder, csvLine, RunLog } from '../../../src-main/services/run-log/run-log.ts';
import { runTrain } from '../../../src-main/services/run-train.ts';
import { NotAFolderError } from '../../../src-main/store/file-errors.ts';
import { trainRecipe } from '../../contract/recipes.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { openSampleServices } from '../sample-services.ts';
import { decodeEvents } from './decode-events.ts';

interface LoggedPoint {
  readonly step: number;
  readonly name: string;
  readonly value: number;
}

/** What the files of the only run in the folder say, each for itself. */
function readLog(folder: string): { events: LoggedPoint[]; csv: LoggedPoint[]; recipe: unknown } {
  const [name, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const path = join(folder, name!);
  const files = readdirSync(path).sort();
  expect(files).toEqual([expect.stringContaining('tfevents'), 'metrics.csv', 'recipe.json']);
  const [header, ...lines] = readFileSync(join(path, 'metrics.csv'), 'utf8').trimEnd().split('\n');
  expect(header).toBe('step,metric,value');
  return {
    events: decodeEvents(readFileSync(join(path, files[0]!))).map(({ step, tag, value }) => ({
      step,
      name: tag,
      value,
    })),
    csv: lines.map((line) => {
      const [step, metric, value] = line.split(',') as [string, string, string];
      return { step: Number(step), name: metric, value: value === '' ? NaN : Number(value) };
    }),
    recipe: JSON.parse(readFileSync(join(path, 'recipe.json'), 'utf8')) as unknown,
  };
}

const single = (points: readonly LoggedPoint[]): LoggedPoint[] =>
  points.map((point) => ({ ...point, value: Math.fround(point.value) }));

it('a training run writes every point, for TensorBoard and as CSV, with its recipe', async () => {
  const services = await openSampleServices();
  const log = join(temporaryFolder(), 'runs', 'today');
  const recipe = trainRecipe({ steps: 600, log });
  const { model } = await runTrain(services, recipe, new RunControl(), () => undefined);
  const stored = services.store.metrics
    .after({ runId: model.runId!, sequence: -1, limit: 1e6 })
    .map(({ step, name, value }) => ({ step, name, value: value ?? NaN }));
  expect(stored.length).toBeGreaterThan(20);
  const read = readLog(log);
  expect(read.csv).toEqual(stored);
  expect(read.events).toEqual(single(stored));
  expect(recipeSchema.parse(read.recipe)).toEqual(recipe);
});

it('files that are removed on the way are missed, and not the run, which says so once', async () => {
  const services = await openSampleServices();
  const folder = temporaryFolder();
  const recipe = trainRecipe({ steps: 600, log: folder });
  let removed = false;
  const { model } = await runTrain(services, recipe, new RunControl(), ({ type }) => {
    if (type !== 'metrics' || removed) return;
    rmSync(folder, { recursive: true });
    removed = true;
  });
  const run = services.store.runs.get(model.runId!);
  expect(run.status).toBe('finished');
  expect(services.store.metrics.after({ runId: run.id, sequence: -1, limit: 1e6 }).length).toBeGreaterThan(20);
  const warnings = services.store.logs
    .after({ runId: run.id, sequence: -1, limit: 1000 })
    .filter(({ level }) => level === 'warning');
  expect(warnings.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^the log files are not written any more: .*does not exist/),
  ]);
});

describe('RunLog', () => {
  const run = { id: 'run', recipe: { kind: 'train' }, createdAt: 1_700_000_000_000 } as unknown as Run;
  const point = (sequence: number, value: number | null): MetricPoint => ({
    sequence,
    name: 'loss',
    step: 10 * sequence,
    value,
  });
  const values = [point(0, 1), point(1, null), point(2, 3), point(3, 4)];
  const logged = values.map(({ step, name, value }) => ({ step, name, value: value ?? NaN }));

  it('of a run that goes on has nothing twice', () => {
    const folder = temporaryFolder();
    const options = { folder, name: 'run', run, clock: () => 0 };
    const interrupted = new RunLog({ ...options, before: [] });
    interrupted.add(values.slice(0, 3)); // and the last checkpoint was taken after the second
    interrupted.close();
    const resumed = new RunLog({ ...options, before: values.slice(0, 2) });
    resumed.add(values.slice(2));
    resumed.close();
    const { csv, events } = readLog(folder);
    expect(csv).toEqual(logged);
    expect(events).toEqual(logged);
  });

  it('says that there is no room for it where a file lies', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'taken'), '');
    await expect(checkLogFolder(join(folder, 'taken', 'log'))).rejects.toThrow(NotAFolderError);
    mkdirSync(join(folder, 'log'));
    writeFileSync(join(folder, 'log', 'run'), '');
    const open = (): RunLog =>
      new RunLog({ folder: join(folder, 'log'), name: 'run', run, before: [], clock: () => 0 });
    expect(open).toThrow(NotAFolderError);
  });
});

it('a name with a comma or a quote is quoted in CSV', () => {
  expect(csvLine({ step: 3, name: 'a "b", c', value: -0.5 })).toBe('3,"a ""b"", c",-0.5\n');
});
