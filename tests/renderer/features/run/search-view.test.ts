import { describe, expect, it } from 'vitest';
import type { SearchReport } from '../../../../src-main/contract/search.ts';
import { searchRemarks } from '../../../../src-renderer/features/run/search/search-words.ts';
import { viewOf } from '../../../../src-renderer/features/run/search/search-view.ts';
import { en } from '../../../../src-renderer/text/en/en.ts';
import { zh } from '../../../../src-renderer/text/zh/zh.ts';
import { measuredTrial } from '../../../services/search/sample-trials.ts';

const report: SearchReport = {
  target: 'return',
  rungs: [
    { episodes: 2, updates: 0, planned: 4, finished: 4, failed: 1 },
    { episodes: 4, updates: 50, planned: 2, finished: 2, failed: 0 },
  ],
  possible: 9,
  front: [{ rung: 1, number: 0 }],
  chosen: { rung: 1, number: 0 },
  met: true,
  advice: [],
  cut: null,
  processes: 2,
  seconds: 12,
};
const trials = [
  measuredTrial({ rung: 0, number: 0, weights: 10, meanReturn: 50 }),
  measuredTrial({ rung: 0, number: 1, weights: 5, meanReturn: 40 }),
  measuredTrial({ rung: 1, number: 0, weights: 10, meanReturn: 90 }),
  measuredTrial({ rung: 1, number: 1, weights: 12, meanReturn: 80 }),
];

describe('the trials of a search', () => {
  it('while it goes on, the front is of the furthest rung so far', () => {
    const { front, chosen, rows, earlier } = viewOf(trials.slice(0, 2), 'return', null);
    expect(front.map(({ number }) => number)).toEqual([0, 1]);
    expect(chosen).toBeNull();
    expect(earlier).toEqual([]);
    expect(rows.map(({ mark }) => mark)).toEqual(['front', 'front']);
  });

  it('once it has ended, it is what the report says, the furthest rung first', () => {
    const { rows, chosen, earlier } = viewOf(trials, 'return', report);
    expect(rows.map(({ trial, mark }) => [trial.rung, trial.number, mark])).toEqual([
      [1, 0, 'chosen'],
      [1, 1, null],
      [0, 0, null],
      [0, 1, null],
    ]);
    expect(chosen).toBe(trials[2]);
    expect(earlier).toHaveLength(2);
  });
});

describe('what is said of a search', () => {
  it('has all of its numbers, in either language', () => {
    for (const t of [en.search, zh.search]) {
      const said = searchRemarks(report, t).join(' ');
      for (const figure of ['6', '12', '4', '9', '2', '1']) expect(said).toContain(figure);
    }
  });

  it('counts those as entered that were tried, and not what the time did not allow', () => {
    const [first, ...others] = report.rungs;
    const short: SearchReport = { ...report, cut: 'time', rungs: [{ ...first!, planned: 54, finished: 3 }, ...others] };
    expect(searchRemarks(short, en.search).join(' ')).toContain('3 of 9 ways of pruning entered');
  });

  it('begins with what was missed, and what would help', () => {
    const missed: SearchReport = {
      ...report,
      target: 'bytes',
      met: false,
      cut: 'time',
      advice: [{ kind: 'more-time' }, { kind: 'ask-less', reached: 1234 }, { kind: 'remove-units' }],
    };
    const [first, help, cut] = searchRemarks(missed, en.search);
    expect(first).toBe(en.search.outcome.missed);
    expect(help).toMatch(/^What would help: give it more time; or allow 1\.23\s?kB.*; or remove whole units.*\.$/u);
    expect(cut).toBe(en.search.outcome.cut.time);
  });
});
