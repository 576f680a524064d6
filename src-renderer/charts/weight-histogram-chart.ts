// Histograms of weights as Chart.js draws them: steps, one line per model, and the band that a threshold would take.
import type { ChartConfiguration } from './chart.svelte.ts';
import { token } from './chart.svelte.ts';

export interface HistogramSeries {
  readonly label: string;
  readonly colour: string;
  readonly filled: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export function weightHistogramChart(options: {
  readonly series: readonly HistogramSeries[];
  /** From and to, on the axis of weights. */
  readonly span: { readonly from: number; readonly to: number };
  /** Of a bin. */
  readonly width: number;
  /** Null where none is drawn in. */
  readonly threshold: number | null;
  readonly logarithmic: boolean;
  readonly formatWeight: (weight: number) => string;
  /** What the counts are written as. */
  readonly formatCount: (count: number) => string;
  readonly texts: { readonly weight: string; readonly count: string };
}): ChartConfiguration {
  const { series, span, width, threshold, logarithmic, formatWeight, formatCount, texts } = options;
  const edge = { borderColor: token('ink'), borderWidth: 1.5, borderDash: [4, 3] };
  return {
    type: 'line',
    data: {
      datasets: series.map(({ label, colour, filled, points }) => ({
        label,
        data: [...points],
        stepped: 'before' as const,
        borderColor: colour,
        borderWidth: 1.5,
        backgroundColor: `${colour}48`,
        fill: filled ? 'origin' : false,
        pointRadius: 0,
      })),
    },
    options: {
      scales: {
        x: {
          type: 'linear',
          min: span.from,
          max: span.to,
          grid: { display: false },
          ticks: { maxTicksLimit: 7, maxRotation: 0, callback: (value) => formatWeight(Number(value)) },
          title: { display: true, text: texts.weight },
        },
        y: {
          type: logarithmic ? 'logarithmic' : 'linear',
          ...(logarithmic ? {} : { beginAtZero: true }),
          ticks: { maxTicksLimit: 5, callback: (value) => formatCount(Number(value)) },
          title: { display: true, text: texts.count },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: ([item]) => {
              const from = item?.parsed.x ?? 0;
              return `${formatWeight(from)} … ${formatWeight(from + width)}`;
            },
            label: (item) => ` ${item.dataset.label ?? ''}: ${formatCount(item.parsed.y ?? 0)}`,
          },
        },
        annotation: {
          animations: {},
          annotations:
            threshold === null
              ? {}
              : {
                  band: {
                    type: 'box',
                    xMin: Math.max(-threshold, span.from),
                    xMax: Math.min(threshold, span.to),
                    backgroundColor: `${token('ink')}18`,
                    borderWidth: 0,
                  },
                  low: { type: 'line', xMin: -threshold, xMax: -threshold, ...edge },
                  high: { type: 'line', xMin: threshold, xMax: threshold, ...edge },
                },
        },
      },
    },
  };
}
