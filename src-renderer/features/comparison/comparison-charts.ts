// The charts of a comparison as Chart.js takes them.
import type { ModelItem } from '../../../src-main/contract/api/models.ts';
import type { ChartConfiguration } from '../../charts/chart.svelte.ts';
import { token, zoomable } from '../../charts/chart.svelte.ts';
import { errorBars, type IntervalPoint } from '../../charts/error-bars.ts';
import { histogram } from '../../charts/histogram.ts';
import { paretoFront } from '../../charts/pareto-front.ts';
import type { Compared } from '../../state/comparison.svelte.ts';
import type { Messages } from '../../text/messages.ts';

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
          data: paretoFront(points).map(({ x, y }) => ({ x, y })),
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
  return {
    type: 'line',
    data: {
      labels: edges.map((edge) => Number(edge.toPrecision(4))),
      datasets: series.map(({ detail, color }, index) => ({
        label: detail.model.name,
        // The last edge closes the last step.
        data: [...counts[index]!, counts[index]!.at(-1) ?? 0],
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
        x: { type: 'linear', title: { display: true, text: t.returns.x }, grid: { display: false } },
        y: { beginAtZero: true, title: { display: true, text: t.returns.y }, ticks: { precision: 0 } },
      },
      plugins: { legend: { display: false }, zoom: zoomable },
    },
  };
}

/** Bytes and microseconds on two logarithmic axes: models are orders of magnitude apart. */
export function costChart(series: readonly ColoredModel[], t: Texts): ChartConfiguration {
  const colors = series.map(({ color }) => color);
  return {
    type: 'bar',
    data: {
      labels: series.map(({ detail }) => detail.model.name),
      datasets: [
        {
          label: t.cost.bytes,
          data: series.map(({ detail }) => detail.model.counts.bytes),
          backgroundColor: colors,
          xAxisID: 'bytes',
          barPercentage: 0.8,
        },
        {
          label: t.cost.latency,
          data: series.map(({ detail }) => detail.test?.report.latency?.medianMicroseconds ?? null),
          backgroundColor: colors.map((color) => `${color}88`),
          xAxisID: 'latency',
          barPercentage: 0.8,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      interaction: { mode: 'index', axis: 'y', intersect: false },
      scales: {
        y: {
          grid: { display: false },
          ticks: { callback: (_, index) => shorten(series[index]?.detail.model.name ?? '') },
        },
        bytes: { type: 'logarithmic', position: 'bottom', title: { display: true, text: t.cost.bytes } },
        latency: {
          type: 'logarithmic',
          position: 'top',
          title: { display: true, text: t.cost.latency },
          grid: { display: false },
        },
      },
      plugins: { legend: { display: false } },
    },
  };
}

const LONGEST_NAME = 28;
const shorten = (name: string): string => (name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`);
