// Return against cost, every trial a point; the front is a line. Costs are drawn on a logarithm: they span decades.
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { AutomaticTarget } from '../../../../src-main/contract/recipe.ts';
import { costOf, type MeasuredTrial } from '../../../../src-main/contract/search.ts';
import { decadeTicks } from '../../../charts/decade-ticks.ts';
import { token, zoomable } from '../../../charts/chart.svelte.ts';
import type { SearchView } from './search-view.ts';

export interface SearchChartOptions {
  readonly view: SearchView;
  readonly target: AutomaticTarget;
  readonly labels: {
    readonly earlier: string;
    readonly furthest: string;
    readonly front: string;
    readonly chosen: string;
    readonly x: string;
    readonly y: string;
    readonly asked: string;
  };
  readonly colors: { readonly furthest: string; readonly front: string; readonly chosen: string };
  readonly formatCost: (cost: number) => string;
  readonly formatReturn: (value: number) => string;
  readonly describe: (trial: MeasuredTrial) => string;
}

interface Point {
  x: number;
  y: number;
  trial: MeasuredTrial;
}

function annotationOf({ target, labels }: SearchChartOptions): Record<string, object> {
  if (target.kind === 'return') return {};
  const allowed = target.kind === 'bytes' ? target.bytes : target.microseconds;
  return {
    allowed: {
      type: 'line',
      xMin: allowed,
      xMax: allowed,
      borderColor: token('ink-3'),
      borderWidth: 1,
      borderDash: [4, 4],
      label: {
        display: true,
        content: labels.asked,
        position: 'start',
        padding: 2,
        color: token('ink-2'),
        backgroundColor: token('surface'),
        font: { size: 11, weight: 'normal' },
      },
    },
  };
}

export function searchChart(options: SearchChartOptions): ChartConfiguration {
  const { view, target, labels, colors, formatCost, formatReturn, describe } = options;
  const pointsOf = (trials: readonly MeasuredTrial[]): Point[] =>
    trials
      .map((trial) => ({ x: costOf(trial, target.kind), y: trial.outcome.measured.meanReturn, trial }))
      // Nothing at all has no logarithm.
      .filter(({ x }) => x > 0 && Number.isFinite(x))
      .sort((a, b) => a.x - b.x);
  const dataset = (
    label: string,
    trials: readonly MeasuredTrial[],
    color: string,
    look: Partial<ChartDataset<'scatter'>>,
  ): ChartDataset<'scatter'> => ({
    type: 'scatter',
    label,
    data: pointsOf(trials),
    borderColor: color,
    backgroundColor: color,
    pointBorderWidth: 0,
    ...look,
  });
  return {
    type: 'scatter',
    data: {
      datasets: [
        dataset(labels.chosen, view.chosen === null ? [] : [view.chosen], colors.chosen, { pointRadius: 6, order: 0 }),
        dataset(labels.front, view.front, colors.front, { pointRadius: 4, showLine: true, borderWidth: 1.5, order: 1 }),
        dataset(labels.furthest, view.furthest, colors.furthest, { pointRadius: 4, order: 2 }),
        dataset(labels.earlier, view.earlier, token('rule-strong'), { pointRadius: 2.5, order: 3 }),
      ],
    },
    options: {
      interaction: { mode: 'nearest', intersect: false, axis: 'xy' },
      scales: {
        x: {
          type: 'logarithmic',
          title: { display: true, text: labels.x, padding: 0 },
          grid: { drawOnChartArea: false, tickLength: 4 },
          afterBuildTicks: (axis) => {
            axis.ticks = decadeTicks(axis.ticks);
          },
          ticks: { maxRotation: 0, autoSkipPadding: 12, callback: (cost) => formatCost(Number(cost)) },
        },
        y: {
          title: { display: true, text: labels.y, padding: 0 },
          border: { display: false },
          grid: { tickLength: 0 },
          ticks: { maxTicksLimit: 5, padding: 6, callback: (value) => formatReturn(Number(value)) },
        },
      },
      plugins: {
        legend: { display: false },
        zoom: zoomable,
        tooltip: {
          callbacks: {
            label: ({ raw }) => ` ${describe((raw as Point).trial)}`,
          },
        },
        annotation: { annotations: annotationOf(options) },
      },
    },
  };
}
