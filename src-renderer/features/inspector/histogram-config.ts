// The histogram as Chart.js draws it: steps, one line per model, and the band that a threshold would take.
import type { ChartConfiguration } from '../../charts/chart.svelte.ts';
import { token } from '../../charts/chart.svelte.ts';
import { formatNumber } from '../../text/numbers.ts';

export interface HistogramSeries {
  readonly label: string;
  readonly colour: string;
  readonly filled: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export function histogramConfig(options: {
  readonly series: readonly HistogramSeries[];
  /** From and to, on the axis of weights. */
  readonly span: { readonly from: number; readonly to: number };
  /** Of a bin. */
  readonly width: number;
  readonly threshold: number;
  readonly logarithmic: boolean;
  /** What the counts are written as. */
  readonly formatCount: (count: number) => string;
  readonly texts: { readonly weight: string; readonly count: string };
}): ChartConfiguration {
  const { series, span, width, threshold, logarithmic, formatCount, texts } = options;
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
          ticks: { maxTicksLimit: 7, callback: (value) => formatNumber(Number(value)) },
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
              return `${formatNumber(from)} … ${formatNumber(from + width)}`;
            },
            label: (item) => ` ${item.dataset.label ?? ''}: ${formatCount(item.parsed.y ?? 0)}`,
          },
        },
        annotation: {
          animations: {},
          annotations: {
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
