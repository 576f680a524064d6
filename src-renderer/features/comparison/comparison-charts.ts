// The charts of a comparison as Chart.js takes them.
import type { ModelItem } from '../../../src-main/contract/api/models.ts';
import { paretoFront } from '../../../src-main/contract/pareto-front.ts';
import type { ChartConfiguration } from '../../charts/chart.svelte.ts';
import { barLabels } from '../../charts/bar-labels.ts';
import { token, zoomable } from '../../charts/chart.svelte.ts';
import { errorBars, type IntervalPoint } from '../../charts/error-bars.ts';
import { histogram } from '../../charts/histogram.ts';
import type { Compared } from '../../state/comparison.svelte.ts';
import type { Messages } from '../../text/messages.ts';
import { formatNumber } from '../../text/numbers.ts';
import { wrapName } from './wrap-name.ts';

export type ColoredModel = Compared & { readonly color: string };
type Texts = Messages['comparison'];

const BINS = 24;

interface PlacedModel extends IntervalPoint {
  readonly id: string;
}

/** Every measured model of a project, by the share of the largest one's weights that is gone. */
function placed(items: readonly ModelItem[]): PlacedModel[] {
  const dense = Math.max(1, ...items.map(({ model }) => model.counts.weights));
  return items.flatMap(({ model, test }) => {
    if (test === null) return [];
    const { mean, meanInterval } = test.report.summary;
    const x = 100 * (1 - model.counts.nonzeroWeights / dense);
    return [{ id: model.id, x, y: mean, yMin: meanInterval.low, yMax: meanInterval.high }];
  });
}

/** The compared in their colours, the rest of the project faint behind them, and the front over all. */
export function scatterChart(
  series: readonly ColoredModel[],
  items: readonly ModelItem[],
  t: Texts,
): ChartConfiguration {
  const points = placed(items);
  const front = paretoFront(points, ({ x, y }) => [x, y]).sort((a, b) => a.x - b.x);
  const compared = new Set(series.map(({ detail }) => detail.model.id));
  const axis = (text: string): object => ({ title: { display: true, text }, grid: { color: token('grid') } });
  return {
    type: 'scatter',
    plugins: [errorBars],
    data: {
      datasets: [
        ...series.map(({ detail, color }) => ({
          label: detail.model.name,
          data: points.filter(({ id }) => id === detail.model.id),
          backgroundColor: color,
          borderColor: color,
          pointRadius: 5,
        })),
        {
          label: '',
          data: points.filter(({ id }) => !compared.has(id)),
          backgroundColor: token('rule-strong'),
          borderColor: token('rule-strong'),
          pointRadius: 3,
        },
        {
          label: t.scatter.front,
          data: front.map(({ x, y }) => ({ x, y })),
          showLine: true,
          borderColor: token('ink-3'),
          borderWidth: 1,
          borderDash: [4, 3],
          pointRadius: 0,
        },
      ],
    },
    options: {
      interaction: { mode: 'nearest', intersect: true },
      scales: { x: axis(`${t.scatter.x} (%)`), y: axis(t.scatter.y) },
      plugins: { legend: { display: false }, zoom: zoomable },
    },
  };
}

/** Returns of single episodes in the same bins, one outline per model. */
export function returnsChart(series: readonly ColoredModel[], t: Texts): ChartConfiguration {
  const { edges, counts } = histogram(
    series.map(({ returns }) => returns),
    BINS,
  );
  const [first = 0, second = 1] = edges;
  const width = second - first;
  // One bin alone would fill the chart: it gets neighbours.
  const margin = edges.length === 2 ? 4 * width : 0;
  return {
    type: 'line',
    data: {
      datasets: series.map(({ detail, color }, index) => ({
        label: detail.model.name,
        // From zero up, and back to it after the last edge.
        data: [{ x: first, y: 0 }, ...edges.map((x, at) => ({ x, y: counts[index]![at] ?? 0 }))],
        borderColor: color,
        backgroundColor: `${color}22`,
        fill: 'origin',
        stepped: 'before' as const,
        pointRadius: 0,
        borderWidth: 1.75,
      })),
    },
    options: {
      scales: {
        x: {
          type: 'linear',
          min: first - margin,
          max: (edges.at(-1) ?? 1) + margin,
          title: { display: true, text: t.returns.x },
          grid: { display: false },
          ticks: {
            maxTicksLimit: 8,
            maxRotation: 0,
            includeBounds: false,
            callback: (x) => formatNumber(Number(x), 4),
          },
        },
        y: {
          beginAtZero: true,
          title: { display: true, text: t.returns.y },
          ticks: { precision: 0, maxTicksLimit: 6 },
        },
      },
      plugins: {
        legend: { display: false },
        zoom: zoomable,
        tooltip: {
          filter: ({ dataIndex }) => dataIndex > 0,
          callbacks: {
            title: ([item]) => {
              const from = item?.parsed.x ?? 0;
              return `${formatNumber(from, 4)} … ${formatNumber(from + width, 4)}`;
            },
          },
        },
      },
    },
  };
}

/** One figure of every model as bars that begin at zero: their lengths compare as the figures do. */
export function costChart(
  series: readonly ColoredModel[],
  {
    label,
    of,
    format,
    formatTick,
    missing,
  }: {
    readonly label: string;
    readonly of: (model: ColoredModel) => number | null;
    readonly format: (value: number) => string;
    /** All ticks of an axis have one unit. */
    readonly formatTick: (value: number) => string;
    /** Said where there is no figure. */
    readonly missing: string;
  },
): ChartConfiguration {
  const values = series.map(of);
  return {
    type: 'bar',
    plugins: [barLabels(format, missing)],
    data: {
      labels: series.map(({ detail }) => detail.model.name),
      datasets: [
        {
          label,
          data: values,
          backgroundColor: series.map(({ color }) => color),
          maxBarThickness: 18,
          minBarLength: 2,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      interaction: { mode: 'index', axis: 'y', intersect: false },
      scales: {
        y: {
          grid: { display: false },
          ticks: { autoSkip: false, callback: (_, index) => wrapName(series[index]?.detail.model.name ?? '') },
        },
        x: {
          beginAtZero: true,
          // Room for the figure behind the longest bar.
          suggestedMax: 1.2 * Math.max(...values.map((value) => value ?? 0)),
          ticks: { maxTicksLimit: 5, maxRotation: 0, callback: (value) => formatTick(Number(value)) },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { label: ({ parsed }) => ` ${label}: ${format(parsed.x ?? 0)}` } },
      },
    },
  };
}

/** High enough for so many bars with their names. */
export const costHeight = (models: number): number => 48 + 36 * models;
