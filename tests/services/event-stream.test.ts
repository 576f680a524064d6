// Events on their way to the pages: fewer messages, nothing lost that counts, nothing out of order.
import { expect, it } from 'vitest';
import type { ApplicationEvent } from '../../src-main/contract/api/event.ts';
import { EventStream, coalesce } from '../../src-main/services/event-stream.ts';

const point = (sequence: number): { sequence: number; name: string; step: number; value: number } => ({
  sequence,
  name: 'loss',
  step: sequence,
  value: sequence,
});
const metrics = (runId: string, ...sequences: number[]): ApplicationEvent => ({
  type: 'metrics',
  runId,
  points: sequences.map(point),
});
const progress = (runId: string, done: number): ApplicationEvent => ({
  type: 'progress',
  runId,
  progress: { stage: 's', done, total: 10, unit: 'updates', perSecond: null, secondsLeft: null },
});
const project: ApplicationEvent = { type: 'project', projectId: 'p' };

it('keeps the last progress and joins the metrics of each run', () => {
  expect(
    coalesce([
      progress('a', 1),
      metrics('a', 0),
      metrics('b', 0),
      progress('a', 2),
      metrics('a', 1, 2),
      progress('b', 5),
    ]),
  ).toEqual([progress('a', 2), metrics('a', 0, 1, 2), metrics('b', 0), progress('b', 5)]);
});

it('moves nothing past a change of state', () => {
  expect(coalesce([metrics('a', 0), project, metrics('a', 1)])).toEqual([metrics('a', 0), project, metrics('a', 1)]);
});

it('tells every listener once, and nobody who has left', () => {
  const stream = new EventStream();
  stream.tell(project); // nobody listens
  const heard: string[] = [];
  const leave = stream.listen((events) => heard.push(`first ${events.length}`));
  stream.listen((events) => heard.push(`second ${events.length}`));
  stream.tell(project);
  stream.tell(project);
  stream.flush();
  leave();
  stream.tell(project);
  stream.flush();
  stream.flush();
  expect(heard).toEqual(['first 2', 'second 2', 'second 1']);
});
