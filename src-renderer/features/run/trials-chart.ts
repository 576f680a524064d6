// Return kept against sparsity. The axis is of what is left, on a logarithm: near the end every tenth of a percent counts.
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { token, zoomable } from '../../charts/chart.svelte.ts';
import type { Trial } from './run-curves.ts';

export interface TrialsChartOptions {
  readonly trials: readonly Trial[];
  readonly asked: { readonly share: number; readonly label: string } | null;
  readonly labels: { readonly accepted: string; readonly rejected: string; readonly x: string; readonly y: string };
  readonly colors: { readonly accepted: string; readonly rejected: string };
  readonly formatShare: (share: number) => string;
}

/** What is left, of which a logarithm is drawn; nothing at all has none. */
const leftOf = (sparsity: number): number => Math.max(1e-6, 1 - sparsity);

function dataset(trials: readonly Trial[], accepted: boolean, options: TrialsChartOptions): ChartDataset<'scatter'> {
  const { labels, colors } = options;
  const color = accepted ? colors.accepted : colors.rejected;
  return {
    type: 'scatter',
    label: accepted ? labels.accepted : labels.rejected,
    data: trials
      .filter((trial) => trial.accepted === accepted)
      .map(({ sparsity, kept }) => ({ x: leftOf(sparsity), y: kept })),
    borderColor: color,
    backgroundColor: color,
    pointStyle: accepted ? 'circle' : 'crossRot',
    pointRadius: accepted ? 4 : 5,
    pointBorderWidth: accepted ? 0 : 2,
    showLine: accepted,
    borderWidth: 1.5,
  };
}

export function trialsChart(options: TrialsChartOptions): ChartConfiguration {
  const { trials, asked, labels, formatShare } = options;
  const lowest = Math.min(asked?.share ?? 1, 1, ...trials.map(({ kept }) => kept));
  const highest = Math.max(1, ...trials.map(({ kept }) => kept));
  const margin = 0.08 * (highest - lowest) + 0.01;
  return {
    type: 'scatter',
    data: { datasets: [dataset(trials, true, options), dataset(trials, false, options)] },
    options: {
      interaction: { mode: 'nearest', intersect: false, axis: 'xy' },
      scales: {
        x: {
          type: 'logarithmic',
          reverse: true,
          title: { display: true, text: labels.x, padding: 0 },
          grid: { drawOnChartArea: false, tickLength: 4 },
          ticks: {
            maxRotation: 0,
            autoSkipPadding: 12,
            callback: (left) => formatShare(1 - Number(left)),
          },
        },
        y: {
          title: { display: true, text: labels.y, padding: 0 },
          border: { display: false },
          grid: { tickLength: 0 },
          min: Math.max(0, lowest - margin),
          max: highest + margin,
          ticks: { maxTicksLimit: 5, padding: 6, includeBounds: false, callback: (kept) => formatShare(Number(kept)) },
        },
      },
      plugins: {
        legend: { display: false },
        zoom: zoomable,
        tooltip: {
          callbacks: {
            label: ({ dataset: { label }, parsed }) =>
              ` ${formatShare(1 - (parsed.x ?? 1))}: ${formatShare(parsed.y ?? 0)}, ${label ?? ''}`,
          },
        },
        annotation: {
          annotations:
            asked === null
              ? {}
              : {
                  asked: {
                    type: 'line',
                    yMin: asked.share,
                    yMax: asked.share,
                    borderColor: token('ink-3'),
                    borderWidth: 1,
                    borderDash: [4, 4],
                    label: {
                      display: true,
                      content: asked.label,
                      position: 'start',
                      yAdjust: -9,
                      padding: 2,
                      color: token('ink-2'),
                      backgroundColor: 'transparent',
                      font: { size: 11, weight: 'normal' },
                    },
                  },
                },
        },
      },
    },
  };
}
