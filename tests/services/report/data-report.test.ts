// What is said of a pruning that nobody could play: agreement, and never a return.
import { describe, expect, it } from 'vitest';
import type { DataPruneReport, HeldOutAgreement } from '../../../src-main/contract/prune-report.ts';
import type { DataPruneRecipe } from '../../../src-main/contract/recipe.ts';
import { judgeAgreement } from '../../../src-main/contract/verdict.ts';
import { headlineOf, remarksOf, sentenceOf } from '../../../src-main/services/report/headline.ts';
import { renderReport } from '../../../src-main/services/report/render-report.ts';
import { renderSummary } from '../../../src-main/services/report/summary.ts';
import { dataPruneRecipe } from '../../contract/recipes.ts';
import { dataReport, sampleInput } from './sample-report.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const sentence = (report: DataPruneReport): string => plain(sentenceOf(headlineOf(report)));

function reportWith(test: Partial<HeldOutAgreement>, changes: Partial<DataPruneReport> = {}): DataPruneReport {
  const report = dataReport(changes);
  const { agreement } = report;
  return { ...report, agreement: { ...agreement, test: { ...agreement.test, ...test } } };
}

describe('the headline', () => {
  it('kept: the interval lies above what was asked', () => {
    expect(judgeAgreement(dataReport())).toBe('kept');
    expect(sentence(dataReport())).toBe(
      '20 of 67 072 weights decide like all of them in 97 % of the states, where 95 % was asked: ' +
        'agreement 97 % [95.5, 98] in 1 000 observations that nothing had seen.',
    );
  });

  it('uncertain: it includes that', () => {
    const report = reportWith({ interval: { low: 0.945, high: 0.98 } });
    expect(judgeAgreement(report)).toBe('uncertain');
    expect(sentence(report)).toContain('too uncertain to tell');
    expect(remarksOf(report).join(' ')).toContain('More observations');
  });

  it('short: it lies below', () => {
    const report = reportWith({ mean: 0.9, interval: { low: 0.88, high: 0.92 } });
    expect(judgeAgreement(report)).toBe('short');
    expect(sentence(report)).toContain('in 90 % of the states, less than the 95 % that was asked');
  });

  it('by hand names no asked share', () => {
    const report = dataReport({ keep: null });
    expect(judgeAgreement(report)).toBe('measured');
    expect(sentence(report)).not.toContain('asked');
  });

  it('nothing removed', () => {
    const { dense } = dataReport();
    expect(sentence(dataReport({ pruned: dense }))).toContain(
      'no amount that was tried agreed with the parent in 95 %',
    );
  });

  it('continuous actions agree to a share, not in a share of states', () => {
    expect(sentence(reportWith({ kind: 'continuous' }))).toContain('agree with all of them to 97 %');
  });
});

describe('the whole of it', () => {
  const automatic: DataPruneRecipe['method'] = { kind: 'automatic', target: { kind: 'agreement', keep: 0.95 } };
  const source = { kind: 'file', path: 'robot.zip', normalizer: null } as const;
  const recipe = dataPruneRecipe(source, 'seen.npy', { granularity: 'neuron', method: automatic });
  const { markdown, html } = renderReport(sampleInput({ report: dataReport(), recipe }));

  it('says plainly that acting was not measured, and on which rows what was', () => {
    for (const text of [markdown, html].map(plain)) {
      expect(text).toContain('How it acts was not measured');
      expect(text).toContain('Acting was not measured');
      expect(text).toContain('Agreement with the parent, test');
      expect(text).toContain('seen.npy');
      expect(text).toContain('3 000');
      expect(text).toContain('cd34'.repeat(16));
    }
  });

  it('shows no return', () => {
    for (const text of [markdown, html, renderSummary(dataReport()).join('\n')]) {
      expect(text).not.toMatch(/Return on|Return kept|test episode|IQM|evolution strategies/i);
    }
  });
});
