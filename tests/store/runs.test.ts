import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RunStateError } from '../../src-main/store/runs.ts';
import { sampleProject, sampleRun } from './sample-entities.ts';
import { openSampleStore } from './sample-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const problem = { kind: 'failed' as const, code: 'DivergedError', message: 'the loss is NaN', hint: 'Lower the rate.' };

describe('Runs', () => {
  it('records when a run starts and how it ends', async () => {
    const { store, advance } = await openSampleStore(temporaryFolder());
    const run = sampleRun(store, sampleProject(store).id);
    advance(10);
    store.runs.start(run.id);
    advance(20);
    store.runs.end(run.id, { status: 'failed', problem });
    expect(store.runs.get(run.id)).toEqual({
      ...run,
      status: 'failed',
      problem,
      startedAt: run.createdAt + 10,
      endedAt: run.createdAt + 30,
    });
    expect(store.runs.withStatus('failed').map(({ id }) => id)).toEqual([run.id]);
  });

  it('takes an interrupted run up again from its first start', async () => {
    const { store, advance } = await openSampleStore(temporaryFolder());
    const run = sampleRun(store, sampleProject(store).id);
    store.runs.start(run.id);
    advance(5);
    store.runs.end(run.id, { status: 'interrupted' });
    const resumed = store.runs.start(run.id);
    expect(resumed).toMatchObject({ status: 'running', startedAt: run.createdAt, endedAt: null });
    expect(store.runs.get(run.id)).toEqual(resumed);
  });

  it('lets nothing follow an end, and nothing finish before it starts', async () => {
    const { store } = await openSampleStore(temporaryFolder());
    const { id } = sampleRun(store, sampleProject(store).id);
    expect(() => store.runs.end(id, { status: 'finished' })).toThrow(RunStateError);
    store.runs.start(id);
    expect(() => store.runs.start(id)).toThrow(RunStateError);
    store.runs.end(id, { status: 'finished' });
    expect(() => store.runs.start(id)).toThrow(RunStateError);
    expect(() => store.runs.end(id, { status: 'cancelled' })).toThrow(RunStateError);
    expect(store.runs.get(id).status).toBe('finished');
  });

  it('leaves the runs of another open store alone, and interrupts those of a closed one', async () => {
    const folder = temporaryFolder();
    const { store: first } = await openSampleStore(folder);
    const { id: project } = sampleProject(first);
    const running = sampleRun(first, project);
    const queued = sampleRun(first, project);
    first.runs.start(running.id);
    const { store: second } = await openSampleStore(folder);
    expect(second.runs.list(project).map(({ status }) => status)).toEqual(['running', 'queued']);
    const finished = sampleRun(first, project);
    first.runs.start(finished.id);
    first.runs.end(finished.id, { status: 'finished' });
    const own = sampleRun(second, project);
    first.close();
    expect(second.runs.withStatus('interrupted').map(({ id }) => id)).toEqual([running.id, queued.id]);
    expect(second.runs.get(own.id).status).toBe('queued');
    second.close();
    expect(readdirSync(join(folder, 'hosts'))).toEqual([]);
  });
});
