import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../../src-main/contract/evaluation.ts';
import { listBackups } from '../../src-main/store/backup.ts';
import { InvalidRowError, RecordNotFoundError } from '../../src-main/store/database-errors.ts';
import { sampleModel, sampleProject, sampleRun } from './sample-entities.ts';
import { openSampleStore } from './sample-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const interval = { low: 480.5, high: 499 };
const report: EvaluationReport = {
  environment: 'CartPole-v1',
  deterministic: true,
  seeds: { first: 1000, count: 2 },
  returns: [500, 481],
  lengths: [500, 481],
  summary: {
    episodes: 2,
    mean: 490.5,
    meanInterval: interval,
    interquartileMean: 490.5,
    interquartileMeanInterval: interval,
    median: 490.5,
    standardDeviation: 13.4,
    standardError: 9.5,
    min: 481,
    max: 500,
  },
  worstReturn: 0,
  agreement: null,
  latency: null,
};

describe('Store', () => {
  it('gives every entity back as it was, after closing and opening again', async () => {
    const folder = temporaryFolder();
    const { store } = await openSampleStore(folder);
    const project = sampleProject(store);
    const run = sampleRun(store, project.id);
    const model = await sampleModel(store, project.id);
    const evaluation = store.evaluations.create({
      modelId: model.id,
      runId: run.id,
      seeds: report.seeds,
      purpose: 'test',
      report,
    });
    const exported = store.exports.create({
      modelId: model.id,
      folder: '/home/someone/export',
      formats: ['onnx', 'tfjs'],
      manifest: { format: 'secateur-bundle', version: 1, files: [], about: { seed: 1 } },
    });
    const line = { sequence: 0, at: 5, level: 'warning' as const, text: 'slow' };
    store.logs.append(run.id, [line, { ...line, sequence: 1 }]);
    store.runs.end(run.id, { status: 'cancelled' });
    store.close();

    const { store: again } = await openSampleStore(folder);
    expect(again.projects.list()).toEqual([project]);
    expect(again.models.list(project.id)).toEqual([model]);
    expect(again.runs.list(project.id)).toEqual([{ ...run, status: 'cancelled', endedAt: run.createdAt }]);
    expect(again.evaluations.list(model.id)).toEqual([evaluation]);
    expect(again.evaluations.get(evaluation.id)).toEqual(evaluation);
    expect(again.exports.list(model.id)).toEqual([exported]);
    expect(again.exports.get(exported.id)).toEqual(exported);
    expect(again.logs.after({ runId: run.id, sequence: -1, limit: 1 })).toEqual([line]);
    expect(again.logs.after({ runId: run.id, sequence: 0, limit: 9 })).toEqual([{ ...line, sequence: 1 }]);
  });

  it('keeps the two newest checkpoints of a run, newest first', async () => {
    const { store } = await openSampleStore(temporaryFolder());
    const run = sampleRun(store, sampleProject(store).id);
    const { hash } = await store.artifacts.put('checkpoint', new Uint8Array([1]));
    for (const step of [100, 200, 300, 300]) {
      store.checkpoints.add({ runId: run.id, step, sequence: step * 2, artifactHash: hash });
    }
    expect(store.checkpoints.list(run.id).map(({ step }) => step)).toEqual([300, 200]);
    store.checkpoints.forget(run.id);
    expect(store.checkpoints.list(run.id)).toEqual([]);
  });

  it('undoes a transaction that throws', async () => {
    const { store } = await openSampleStore(temporaryFolder());
    const half = () =>
      store.transaction(() => {
        sampleRun(store, sampleProject(store).id);
        throw new RecordNotFoundError('model', 'm1');
      });
    expect(half).toThrow(RecordNotFoundError);
    expect(store.projects.list()).toEqual([]);
  });

  it('refuses a row that is not what was written', async () => {
    const folder = temporaryFolder();
    const { store } = await openSampleStore(folder);
    const { id } = sampleProject(store);
    sampleRun(store, id);
    const other = new Database(join(folder, 'secateur.db'));
    other.exec(`UPDATE runs SET versions = '{"secateur": 1}'`);
    other.close();
    expect(() => store.runs.list(id)).toThrow(InvalidRowError);
  });

  it('backs up what is committed, and keeps five', async () => {
    const folder = temporaryFolder();
    const { store, advance } = await openSampleStore(folder);
    const paths: string[] = [];
    for (let day = 0; day < 7; day++) {
      store.projects.create({ name: `Day ${day}`, environmentId: 'CartPole-v1' });
      paths.push(await store.backUp());
      advance(86_400_000);
    }
    expect(await listBackups(folder)).toEqual(paths.slice(2).reverse());
    const backup = new Database(paths[4], { readonly: true });
    expect(backup.prepare('SELECT count(*) FROM projects').pluck().get()).toBe(5);
    backup.close();
  });

  it('removes old temporaries of interrupted writes when it opens, and leaves young ones', async () => {
    const folder = temporaryFolder();
    const { store } = await openSampleStore(folder);
    await sampleModel(store, sampleProject(store).id);
    store.close();
    const places = [folder, join(folder, 'artifacts', readdirSync(join(folder, 'artifacts'))[0]!)];
    const leave = (place: string, digit: string, changedAt: number) => {
      const path = join(place, `.secateur-${digit.repeat(36)}.tmp`);
      writeFileSync(path, 'half');
      utimesSync(path, changedAt, changedAt);
    };
    for (const place of places) {
      leave(place, '1', 1_600_000_000);
      leave(place, '2', 1_700_000_000 - 60);
    }
    await openSampleStore(folder);
    for (const place of places) {
      expect(readdirSync(place).filter((name) => name.endsWith('.tmp'))).toEqual([`.secateur-${'2'.repeat(36)}.tmp`]);
    }
  });
});
