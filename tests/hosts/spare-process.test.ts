import { expect, it, vi } from 'vitest';
import { withSpare, type SpareProcess } from '../../src-main/hosts/spare-process.ts';

interface Told extends SpareProcess<number> {
  readonly log: string[];
  /** A process ends by itself. */
  die(process: number): void;
}

function processes(): Told {
  const log: string[] = [];
  const gone = new Map<number, () => void>();
  let started = 0;
  const say = (what: string, process: number): number => {
    log.push(`${what} ${process}`);
    return process;
  };
  return {
    log,
    start: () => say('start', ++started),
    rest: (process, listener) => gone.set(say('rest', process), listener),
    wake: (process) => void say('wake', process),
    end: (process) => void say('end', process),
    die: (process) => {
      gone.get(process)!();
    },
  };
}

it('the second one that is taken has been started already', () => {
  const told = processes();
  const take = withSpare(told, 1000);
  expect(take()).toBe(1);
  expect(take()).toBe(2);
  expect(told.log).toEqual(['start 1', 'start 2', 'rest 2', 'wake 2', 'start 3', 'rest 3']);
});

it('one that died while it waited is not handed out', () => {
  const told = processes();
  const take = withSpare(told, 1000);
  take();
  told.die(2);
  expect(take()).toBe(3);
  expect(told.log).not.toContain('wake 2');
});

it('one that was handed out may die without taking the next one along', () => {
  const told = processes();
  const take = withSpare(told, 1000);
  take();
  take();
  told.die(2);
  expect(take()).toBe(3);
});

it('one that nobody wants is ended, and no sooner', () => {
  vi.useFakeTimers();
  const told = processes();
  const take = withSpare(told, 1000);
  take();
  vi.advanceTimersByTime(900);
  take();
  vi.advanceTimersByTime(900);
  expect(told.log).not.toContain('end 3');
  vi.advanceTimersByTime(100);
  expect(told.log.at(-1)).toBe('end 3');
  expect(take()).toBe(4);
  vi.useRealTimers();
});
