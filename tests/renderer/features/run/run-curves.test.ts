// Which charts a run has, and what they are drawn from.
import { describe, expect, it } from 'vitest';
import { METRIC } from '../../../../src-main/contract/metric-names.ts';
import type { Recipe } from '../../../../src-main/contract/recipe.ts';
import { chartsOf, countOf, curveOf, hasCurves, trialsOf } from '../../../../src-renderer/features/run/run-curves.ts';
import type { SeriesView } from '../../../../src-renderer/state/metric-series.ts';
import { byHand, pruneRecipe, trainRecipe } from '../../../contract/recipes.ts';

const series = (...points: readonly (readonly [step: number, value: number | null])[]): SeriesView => ({
  points: points.map(([step, value], sequence) => ({ sequence, step, value })),
  last: null,
});

describe('charts', () => {
  it('returns share one, anything else has its own, what nobody has foreseen comes last', () => {
    const names = ['a new metric', 'loss', 'meanQ', METRIC.sparsity, METRIC.trainingReturn, METRIC.validationReturn];
    const hidden = [METRIC.validationReturnLow, METRIC.validationReturnHigh, METRIC.trialKept];
    expect(chartsOf([...names, ...hidden])).toEqual([
      { kind: 'returns', names: [METRIC.trainingReturn, METRIC.validationReturn] },
      { kind: 'single', names: ['loss'] },
      { kind: 'single', names: [METRIC.sparsity] },
      { kind: 'single', names: ['meanQ'] },
      { kind: 'single', names: ['a new metric'] },
    ]);
  });

  it('there are none where nothing is measured', () => {
    expect(chartsOf([])).toEqual([]);
  });
});

it('a recovery that begins again goes on where the last one ended', () => {
  const points = curveOf(series([250, 3], [500, 2], [250, 5], [500, null], [250, 1]));
  expect(points).toEqual([
    { x: 250, y: 3 },
    { x: 500, y: 2 },
    { x: 750, y: 5 },
    { x: 1000, y: null },
    { x: 1250, y: 1 },
  ]);
});

it('a trial is there once all of its figures are', () => {
  const given: Readonly<Record<string, SeriesView>> = {
    [METRIC.trialSparsity]: series([0, 0.5], [0, 0.8], [1, 0.8]),
    [METRIC.trialKept]: series([0, 1], [0, 0.4], [1, 0.97]),
    [METRIC.trialAccepted]: series([0, 1], [0, 0]),
  };
  expect(trialsOf((name) => given[name] ?? null)).toEqual([
    { sparsity: 0.5, kept: 1, accepted: true },
    { sparsity: 0.8, kept: 0.4, accepted: false },
  ]);
});

it('evolution is drawn against its generations, and whoever plays against environment steps', () => {
  expect(countOf([METRIC.trainingReturn])).toBe('steps');
  expect(countOf([METRIC.trainingReturn, METRIC.validationReturn])).toBe('steps');
  expect(countOf(['population return'])).toBe('generations');
});

describe('room for curves', () => {
  const healedBy = (method: string): Recipe =>
    pruneRecipe({ kind: 'model', id: 'dense' }, { method: { ...byHand, recovery: { method, updates: 10 } } });
  const of = (recipe: Recipe, metricNames: readonly string[] = []) => ({ recipe, metricNames, outcome: null });

  it('is kept from the beginning where there will be some', () => {
    expect(hasCurves(of(trainRecipe({})), null, true)).toBe(true);
    expect(hasCurves(of(healedBy('distill')), [], true)).toBe(true);
  });

  it('is not kept where there can be none, and given up where none came', () => {
    expect(hasCurves(of(healedBy('none')), null, true)).toBe(false);
    expect(hasCurves(of(healedBy('distill')), [], false)).toBe(false);
    expect(hasCurves(of(healedBy('distill'), [METRIC.trialReturn]), null, false)).toBe(false);
  });

  it('is there for whatever was measured, also unforeseen', () => {
    expect(hasCurves(of(healedBy('none')), ['a new metric'], false)).toBe(true);
    expect(hasCurves(of(healedBy('none'), ['loss']), null, false)).toBe(true);
    expect(hasCurves(of(healedBy('none')), [METRIC.trialAccepted], false)).toBe(true);
  });
});
