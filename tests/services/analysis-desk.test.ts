import { describe, expect, it } from 'vitest';
import type { AnalysisQuestion, AnalysisState } from '../../src-main/contract/api/analyses.ts';
import { UNASSIGNED } from '../../src-main/contract/entity.ts';
import type { ApplicationEvent } from '../../src-main/contract/api/event.ts';
import { floatsOfBytes } from '../../src-main/contract/floats.ts';
import type { JobRequest, JobResult } from '../../src-main/contract/job.ts';
import { AnalysisDesk, AnalysisGoneError } from '../../src-main/services/analyses/analysis-desk.ts';
import { importModel } from '../../src-main/services/import-model.ts';
import { JobAbortedError } from '../../src-main/services/job-errors.ts';
import type { JobEvent, JobHost } from '../../src-main/services/job-host.ts';
import { readSample } from '../../src-main/services/sample-agent.ts';
import type { Services } from '../../src-main/services/services.ts';
import { FEW_SEEDS } from '../contract/recipes.ts';
import { openSampleServices } from './sample-services.ts';

interface Started {
  readonly request: JobRequest;
  readonly say: (event: JobEvent) => void;
  readonly finish: (result: JobResult) => void;
}

/** A desk whose workers do as the test says; the model was imported by a real one. */
async function openDesk(): Promise<{
  desk: AnalysisDesk;
  services: Services;
  question: Extract<AnalysisQuestion, { kind: 'saliency' }>;
  started: Started[];
  told: ApplicationEvent[];
}> {
  const services = await openSampleServices();
  const { model } = await importModel(services, await readSample());
  const started: Started[] = [];
  const jobHost: JobHost = {
    start: (request, say) => {
      const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
      started.push({ request, say, finish: resolve });
      const nothing = (): void => undefined;
      const abort = (): void => {
        reject(new JobAbortedError());
      };
      return { stop: nothing, pause: nothing, continue: nothing, watch: nothing, abort, result: promise };
    },
  };
  const told: ApplicationEvent[] = [];
  const desk = new AnalysisDesk({ ...services, jobHost }, (event) => told.push(event));
  const question = { kind: 'saliency', modelId: model.id, criterion: 'l1', granularity: 'neuron', seed: 0 } as const;
  return { desk, services, question, started, told };
}

/** −∞ marks what is pruned: it has to survive being stored. */
const scores = Float32Array.of(0.5, -Infinity, 0.1);
const result: JobResult = {
  kind: 'saliency',
  saliency: {
    criterion: 'l1',
    granularity: 'neuron',
    of: 'units',
    layers: [
      { layer: 'a', shape: [2, 3], scores, estimate: { halfWidths: Float32Array.of(1, Infinity, 0), total: 1 } },
    ],
    skipped: [],
  },
};

function idOf(state: AnalysisState): string {
  if (state.state !== 'computing') throw new Error(`it is ${state.state}`);
  return state.id;
}

/** The job of an analysis is started once its model was read from the disk. */
const untilStarted = (started: readonly Started[], count: number): Promise<void> =>
  expect.poll(() => started.length, { interval: 1 }).toBe(count);

describe('a question about a model', () => {
  it('is computed once, however many ask, and answered from the store after that', async () => {
    const { desk, question, started } = await openDesk();
    expect(desk.look(question)).toEqual({ state: 'none' });
    const id = idOf(desk.start(question));
    expect(idOf(desk.start(question))).toBe(id);
    await untilStarted(started, 1);
    expect(started[0]!.request).toMatchObject({ kind: 'saliency', criterion: 'l1', environment: 'CartPole-v1' });
    started[0]!.finish(result);
    const answer = await desk.answer(id);
    const known = desk.start(question);
    expect(known).toEqual({ state: 'answered', answer });
    const [layer] = known.state === 'answered' && known.answer.kind === 'saliency' ? known.answer.saliency.layers : [];
    expect(floatsOfBytes(layer!.scores)).toEqual(scores);
    expect(floatsOfBytes(layer!.estimate!.halfWidths)).toEqual(Float32Array.of(1, Infinity, 0));
    expect(started).toHaveLength(1);
  });

  it('is another one with another seed', async () => {
    const { desk, question, started } = await openDesk();
    const ids = [desk.start(question), desk.start({ ...question, seed: 1 })].map(idOf);
    expect(new Set(ids).size).toBe(2);
    await untilStarted(started, 2);
  });

  it('says how far its answer is, to whoever listens and whoever looks', async () => {
    const { desk, question, started, told } = await openDesk();
    const id = idOf(desk.start(question));
    await untilStarted(started, 1);
    const progress = { stage: 'permutations', done: 3, total: 9, unit: 'permutations' };
    started[0]!.say({ type: 'progress', progress });
    const measured = { ...progress, perSecond: null, secondsLeft: null };
    expect(told).toEqual([{ type: 'analysis', id, progress: measured }]);
    expect(desk.look(question)).toEqual({ state: 'computing', id, progress: measured });
  });

  it('can be given up, computing or waiting; asked again, it is computed anew', async () => {
    const { desk, question, started } = await openDesk();
    const ids = [0, 1, 2].map((seed) => idOf(desk.start({ ...question, seed })));
    await untilStarted(started, 2); // the third waits
    for (const id of ids) desk.cancel(id);
    for (const id of ids) await expect(desk.answer(id)).rejects.toThrow(JobAbortedError);
    expect(desk.look(question)).toEqual({ state: 'none' });
    expect(started).toHaveLength(2);
    desk.start(question);
    await untilStarted(started, 3);
  });

  it('about returns is refused for a model that has nowhere to be played', async () => {
    const { desk, question, started, services } = await openDesk();
    const { id: projectId } = services.store.projects.create({ name: 'homeless', environmentId: UNASSIGNED });
    const { id: _, createdAt: __, deletedAt: ___, ...model } = services.store.models.get(question.modelId);
    const homeless = services.store.models.create({ ...model, projectId });
    const { criterion, granularity, seed } = question;
    const asked = { criterion, granularity, seed, sparsities: [0.5], seeds: FEW_SEEDS, modelId: homeless.id } as const;
    const id = idOf(desk.start({ ...asked, kind: 'sensitivity' }));
    await expect(desk.answer(id)).rejects.toMatchObject({ name: 'NowhereToPlayError', kind: 'bad-input' });
    expect(started).toEqual([]);
  });

  it('whose model is gone is refused, and so is the answer of an analysis that never was', async () => {
    const { desk, question } = await openDesk();
    expect(() => desk.start({ ...question, modelId: 'nothing' })).toThrow(/nothing/);
    expect(() => desk.answer('never')).toThrow(AnalysisGoneError);
  });
});

it('closing ends what computes', async () => {
  const { desk, question, started } = await openDesk();
  const id = idOf(desk.start(question));
  await untilStarted(started, 1);
  await desk.cancelAll();
  await expect(desk.answer(id)).rejects.toThrow(JobAbortedError);
});
