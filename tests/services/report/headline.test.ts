import { describe, expect, it } from 'vitest';
import { headlineOf, plainHeadline, remarksOf, sentenceOf } from '../../../src-main/services/report/headline.ts';
import { judge } from '../../../src-main/contract/verdict.ts';
import { reportWithTest, sampleModel, sampleReport, summaryAround } from './sample-report.ts';

const difference = (mean: number, low: number, high: number): object => ({
  testDifference: { episodes: 100, mean, meanInterval: { low, high } },
});
const sentence = (report: Parameters<typeof headlineOf>[0]): string =>
  sentenceOf(headlineOf(report)).replaceAll('\u00a0', ' ').replaceAll('−', '-');

describe('what the numbers say', () => {
  it('equal: no measured difference, and no loss that matters', () => {
    const report = sampleReport();
    expect(judge(report)).toBe('equal');
    expect(sentence(report)).toBe(
      '20 of 67 072 weights act as well as all of them: return 500.0 [500.0, 500.0] against 500.0 [500.0, 500.0] on 100 unseen test episodes.',
    );
    expect(remarksOf(report)).toEqual([]);
  });

  it('better: the interval lies above zero', () => {
    const report = reportWithTest(summaryAround(510, 505, 515), difference(10, 5, 15));
    expect(sentence(report)).toContain('20 of 67 072 weights act better than all of them: return 510.0 [505.0, 515.0]');
  });

  it('worse than asked', () => {
    const report = reportWithTest(summaryAround(371, 343, 398), { ...difference(-129, -157, -102), keptOnTest: 0.742 });
    expect(judge(report)).toBe('worse');
    expect(sentence(report)).toContain(
      '20 of 67 072 weights keep 74.2 % of the return, where 95 % was asked: return 371',
    );
    expect(remarksOf(report).join()).toContain('larger than chance');
  });

  it('measurably worse, yet within what was asked', () => {
    const report = reportWithTest(summaryAround(490, 485, 495), { ...difference(-10, -15, -5), keptOnTest: 0.98 });
    expect(judge(report)).toBe('within');
    expect(sentence(report)).toContain('keep 98 % of the return, as was asked');
    expect(remarksOf(report).join()).toContain('excludes zero');
  });

  it('worse by hand names no asked share', () => {
    const report = reportWithTest(summaryAround(490, 485, 495), {
      ...difference(-10, -15, -5),
      keep: null,
      keptOnTest: 0.98,
    });
    expect(judge(report)).toBe('worse');
    expect(sentence(report)).toContain('20 of 67 072 weights keep 98 % of the return: return 490.0');
  });

  it('does not call equal what it cannot tell apart', () => {
    const report = reportWithTest(summaryAround(470, 400, 540), difference(-30, -100, 40));
    expect(judge(report)).toBe('uncertain');
    expect(sentence(report)).toContain('a difference of -30 [-100, +40]');
    expect(sentence(report)).not.toContain('act as well as all of them:');
  });

  it('counts a loss from the worst return where returns are negative', () => {
    const dense = sampleReport().dense;
    const test = { ...dense.test, worstReturn: -500, summary: summaryAround(-80, -82, -78) };
    // 5 % of the 420 above the worst return may be lost: 21.
    const changes = { dense: { ...dense, test } };
    expect(judge(sampleReport({ ...changes, ...difference(-10, -20.9, 1) }))).toBe('equal');
    expect(judge(sampleReport({ ...changes, ...difference(-10, -21.1, 1) }))).toBe('uncertain');
  });
});

describe('nothing removed', () => {
  const { dense } = sampleReport();

  it('because nothing held', () => {
    expect(sentence(sampleReport({ pruned: dense }))).toBe(
      'Nothing was removed: no amount that was tried kept 95 % of the return.',
    );
  });

  it('because it was stopped', () => {
    const report = sampleReport({ pruned: dense, stopped: true });
    expect(sentence(report)).toContain('it was stopped before');
    expect(remarksOf(report)).toEqual([]);
  });

  it('because that was asked', () => {
    expect(sentence(sampleReport({ pruned: dense, keep: null, trials: [] }))).toBe('Nothing was removed.');
  });
});

it('says that it was stopped early', () => {
  expect(remarksOf(sampleReport({ stopped: true })).join()).toContain('stopped early');
});

it('says that validation fell short', () => {
  expect(
    remarksOf(sampleReport({ keptOnValidation: 0.9 }))
      .join()
      .replaceAll('\u00a0', ' '),
  ).toContain('keeps 90 % of the return, less than the 95 %');
});

it('names the size of a model that was not pruned', () => {
  expect(sentenceOf(plainHeadline(sampleModel(sampleReport()))).replaceAll('\u00a0', ' ')).toBe(
    'A policy of 20 weights in 5 hidden neurons, exported as it is.',
  );
});

describe('a budget', () => {
  const told = (changes: Parameters<typeof sampleReport>[0]): string =>
    remarksOf(sampleReport({ keep: null, ...changes }))
      .join(' ')
      .replaceAll('\u00a0', ' ');
  const measured = { batch: 1, medianMicroseconds: 2.31, p95Microseconds: 3, rounds: 200 } as const;

  it('that is met is said with what was measured', () => {
    expect(told({ budget: { kind: 'bytes', allowed: 1100, measured: 1084, met: true } })).toBe(
      'It takes 1 084 B as a model file; 1 100 B were allowed.',
    );
  });

  it('that is not met is said, and what would help, unless it was stopped', () => {
    const budget = { kind: 'latency', allowed: 2, measured, met: false } as const;
    expect(told({ budget })).toMatch(/acts within 2\.3 µs.*2\.0 µs were allowed\. The budget is not met.*Allow more/);
    expect(told({ budget, stopped: true })).not.toContain('The budget is not met');
  });

  it('that the dense policy meets takes nothing away', () => {
    const { dense } = sampleReport();
    const budget = { kind: 'bytes', allowed: 300_000, measured: 271_368, met: true } as const;
    expect(sentence(sampleReport({ pruned: dense, keep: null, trials: [], budget }))).toBe(
      'Nothing was removed: the dense policy takes 271 368 B as a model file; 300 000 B were allowed.',
    );
  });
});
