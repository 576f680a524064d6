// What the engine reports reaches the host in order and in batches, and the host reaches the engine.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readModel } from '../../src-main/engine/formats/safetensors/model-file.ts';
import { workerMessageSchema, type WorkerMessage } from '../../src-main/contract/job.ts';
import { WorkerContext } from '../../src-main/workers/worker-context.ts';
import { sampleModel } from '../engine/networks/sample-models.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function openContext(): { context: WorkerContext; sent: WorkerMessage[] } {
  const sent: WorkerMessage[] = [];
  const ignore = (): void => undefined;
  const context = new WorkerContext({ send: (message) => sent.push(message), onMessage: ignore, onClose: ignore });
  return { context, sent };
}

const returns = (sent: readonly WorkerMessage[]): (number | null)[] =>
  sent.flatMap((message) => (message.type === 'metrics' ? message.metrics.map(({ value }) => value) : []));

describe('metrics', () => {
  it('are all sent, in order, in fewer messages than there were reports', () => {
    const { context, sent } = openContext();
    for (let step = 0; step < 1000; step++) {
      context.metrics([{ name: 'return', step, value: step }]);
      vi.advanceTimersByTime(1);
    }
    context.flush();
    expect(returns(sent)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(sent.length).toBeLessThan(20);
  });

  it('that are not finite are sent as null, which the contract allows', () => {
    const { context, sent } = openContext();
    context.metrics([NaN, Infinity, 1].map((value) => ({ name: 'loss', step: 0, value })));
    context.flush();
    expect(returns(sent)).toEqual([null, null, 1]);
    for (const message of sent) expect(workerMessageSchema.safeParse(message).success).toBe(true);
  });
});

describe('progress', () => {
  const progress = (stage: string, done: number) => ({ stage, done, total: 10, unit: 'steps' });

  it('of a new stage is sent at once, of the same stage only the latest', () => {
    const { context, sent } = openContext();
    for (let done = 0; done < 5; done++) context.progress(progress('training', done));
    context.progress(progress('evaluating', 0));
    expect(sent.map((message) => message.type === 'progress' && message.progress)).toEqual([
      progress('training', 0),
      progress('evaluating', 0),
    ]);
    context.progress(progress('evaluating', 1));
    vi.advanceTimersByTime(150);
    context.progress(progress('evaluating', 2));
    expect(sent.at(-1)).toEqual({ type: 'progress', progress: progress('evaluating', 2) });
    expect(sent).toHaveLength(3);
  });
});

it('a log line comes after what was reported before it', () => {
  const { context, sent } = openContext();
  context.flush();
  context.metrics([{ name: 'loss', step: 1, value: 2 }]);
  context.log('info', 'done');
  expect(sent.map(({ type }) => type)).toEqual(['metrics', 'log']);
});

it('a request to stop is heard at the next breath', async () => {
  const { context } = openContext();
  expect(await context.breathe()).toBe(false);
  context.requestStop();
  expect(await context.breathe()).toBe(true);
});

it('a breath after a slice of work lets messages in', async () => {
  const { context } = openContext();
  vi.advanceTimersByTime(50);
  setImmediate(() => {
    context.requestStop();
  });
  expect(await context.breathe()).toBe(true);
});

it('a pause takes no time by its clock', async () => {
  const { context, sent } = openContext();
  const before = context.now();
  context.pause();
  vi.advanceTimersByTime(50);
  const held = context.breathe();
  while (!sent.some(({ type }) => type === 'paused')) await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(60_000);
  context.continue();
  await held;
  expect(context.now() - before).toBe(50);
});

describe('a policy that is offered', () => {
  const model = sampleModel({ inputs: 2, hidden: [3], actions: 2 });
  const shown = (sent: readonly WorkerMessage[]) =>
    sent.flatMap((message) =>
      message.type === 'policy' ? [{ step: message.step, model: readModel(message.bytes) }] : [],
    );

  it('is not even made while nobody looks', () => {
    const { context, sent } = openContext();
    const make = vi.fn(() => model);
    for (let step = 0; step < 100; step++) context.offerPolicy(step, make);
    expect(make).not.toHaveBeenCalled();
    expect(sent).toEqual([]);
  });

  it('is shown once to whoever looks, as it is at that moment', () => {
    const { context, sent } = openContext();
    context.offerPolicy(7, () => model);
    context.watch();
    context.offerPolicy(8, () => model);
    expect(shown(sent).map(({ step }) => step)).toEqual([7]);
    expect(shown(sent)[0]!.model.parameters).toEqual(model.parameters);
  });

  it('is shown as soon as there is one to whoever looked before', () => {
    const { context, sent } = openContext();
    context.watch();
    expect(shown(sent)).toEqual([]);
    context.offerPolicy(1, () => model);
    context.offerPolicy(2, () => model);
    expect(shown(sent).map(({ step }) => step)).toEqual([1]);
  });

  it('is shown while the run is held', async () => {
    const { context, sent } = openContext();
    context.offerPolicy(5, () => model);
    context.pause();
    vi.advanceTimersByTime(50);
    const held = context.breathe();
    while (!sent.some(({ type }) => type === 'paused')) await new Promise((resolve) => setImmediate(resolve));
    context.watch();
    expect(shown(sent).map(({ step }) => step)).toEqual([5]);
    context.continue();
    await held;
  });
});
