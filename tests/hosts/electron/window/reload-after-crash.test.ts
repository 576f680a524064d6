// A page that dies is loaded again, a few times a minute at most.
import { EventEmitter } from 'node:events';
import type { RenderProcessGoneDetails } from 'electron';
import { expect, it } from 'vitest';
import { reloadAfterCrash } from '../../../../src-main/hosts/electron/window/reload-after-crash.ts';

function page() {
  let now = 0;
  let reloads = 0;
  const gaveUp: string[] = [];
  const contents = Object.assign(new EventEmitter(), { reload: () => reloads++ });
  reloadAfterCrash(contents as never, {
    clock: () => now,
    giveUp: ({ reason }) => gaveUp.push(reason),
  });
  return {
    gaveUp,
    reloads: () => reloads,
    die: (reason: RenderProcessGoneDetails['reason'], after: number) => {
      now += after;
      contents.emit('render-process-gone', {}, { reason, exitCode: 1 });
    },
  };
}

it('a page that dies now and then is always loaded again', () => {
  const { die, reloads, gaveUp } = page();
  for (let times = 0; times < 20; times++) die('crashed', 30_000);
  expect(reloads()).toBe(20);
  expect(gaveUp).toEqual([]);
});

it('one that keeps dying is asked about, and then starts afresh', () => {
  const { die, reloads, gaveUp } = page();
  for (let times = 0; times < 4; times++) die('oom', 100);
  expect(reloads()).toBe(3);
  expect(gaveUp).toEqual(['oom']);
  die('oom', 100);
  expect(reloads()).toBe(4);
});

it('one that ends as it should is left alone', () => {
  const { die, reloads, gaveUp } = page();
  die('clean-exit', 0);
  expect(reloads()).toBe(0);
  expect(gaveUp).toEqual([]);
});
