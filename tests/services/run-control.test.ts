// Stopping reaches the job at hand and those that follow it.
import { expect, it } from 'vitest';
import { JobAbortedError } from '../../src-main/services/job-errors.ts';
import type { Job } from '../../src-main/services/job-host.ts';
import { RunControl } from '../../src-main/services/run-control.ts';

function watchedJob(): { job: Job; heard: string[] } {
  const heard: string[] = [];
  const job: Job = {
    stop: () => heard.push('stop'),
    pause: () => heard.push('pause'),
    continue: () => heard.push('continue'),
    watch: () => heard.push('watch'),
    abort: () => heard.push('abort'),
    result: Promise.withResolvers<never>().promise,
  };
  return { job, heard };
}

it('nothing is asked of a job that nobody stops', () => {
  const { job, heard } = watchedJob();
  new RunControl().take(job);
  expect(heard).toEqual([]);
});

it('a stop reaches the present job and every later one', () => {
  const control = new RunControl();
  const [first, second] = [watchedJob(), watchedJob()];
  control.take(first.job);
  control.stop();
  control.take(second.job);
  expect([first.heard, second.heard]).toEqual([['stop'], ['stop']]);
});

it('an abort ends the present job and lets no other begin', () => {
  const control = new RunControl();
  const [first, second] = [watchedJob(), watchedJob()];
  control.take(first.job);
  control.abort();
  expect(() => {
    control.take(second.job);
  }).toThrow(JobAbortedError);
  expect([first.heard, second.heard]).toEqual([['abort'], ['abort']]);
});

it('whoever wants to see what plays is shown it by the present job or a later one', () => {
  const control = new RunControl();
  control.watch();
  const [first, second] = [watchedJob(), watchedJob()];
  control.take(first.job);
  expect(first.heard).toEqual(['watch']);
  control.watch();
  expect(first.heard).toEqual(['watch', 'watch']);
  control.take(second.job);
  expect(second.heard).toEqual(['watch']);
});
