// Curves over a common axis: what was measured, smoothed when asked for, with a band where an interval is known.
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { CurvePoint } from './curve.ts';
import { smooth } from './smooth.ts';
import { zoomable } from './chart.svelte.ts';

export interface Curve {
  readonly label: string;
  readonly points: readonly CurvePoint[];
  readonly color: string;
  readonly dash?: readonly number[];
  /** In [0, 1); what was measured stays behind the smoothed curve, faint. */
  readonly smoothing?: number;
  /** Holds its value until the next. */
  readonly stepped?: boolean;
  readonly marked?: boolean;
  /** One of many behind what they say together. */
  readonly thin?: boolean;
  readonly band?: { readonly label: string; readonly low: readonly CurvePoint[]; readonly high: readonly CurvePoint[] };
}

export interface LineChartOptions {
  readonly curves: readonly Curve[];
  readonly xTitle: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Both ends of the y axis where they mean something; it follows the data otherwise. */
  readonly yRange?: readonly [number, number];
  /** For magnitudes that differ by orders. */
  readonly logarithmic?: boolean;
}

/** The colour with an opacity, as a hexadecimal pair behind it. */
const faint = (color: string, opacity: number): string =>
  color +
  Math.round(255 * opacity)
    .toString(16)
    .padStart(2, '0');

/** Not to be named beside the pointer: it is the background of another one. */
const BACKGROUND = ' (measured)';

function datasetsOf(curve: Curve): ChartDataset<'line'>[] {
  const { label, points, color, dash = [], smoothing = 0, stepped = false, marked = false, thin = false, band } = curve;
  const line = {
    type: 'line',
    parsing: false,
    normalized: true,
    borderWidth: thin ? 1 : 1.5,
    borderJoinStyle: 'round',
    pointRadius: 0,
    pointHitRadius: 0,
    pointHoverRadius: 3,
    borderColor: thin ? faint(color, 0.5) : color,
    backgroundColor: color,
    pointBackgroundColor: color,
    stepped,
  } as const;
  const bandSets = (): ChartDataset<'line'>[] => {
    if (band === undefined) return [];
    const edge = { ...line, borderWidth: 0, pointHoverRadius: 0, backgroundColor: faint(color, 0.16) };
    return [
      { ...edge, label: `${band.label}${BACKGROUND}`, data: [...band.low] as never, fill: '+1' },
      { ...edge, label: `${band.label}${BACKGROUND}`, data: [...band.high] as never, fill: false },
    ];
  };
  const measured: ChartDataset<'line'>[] =
    smoothing > 0
      ? [
          {
            ...line,
            label: label + BACKGROUND,
            data: [...points] as never,
            borderWidth: 1,
            borderColor: faint(color, 0.22),
            pointHoverRadius: 0,
          },
        ]
      : [];
  return [
    ...bandSets(),
    ...measured,
    {
      ...line,
      label,
      data: [...smooth(points, smoothing)] as never,
      borderDash: [...dash],
      pointRadius: marked || points.length === 1 ? 2.5 : 0,
    },
  ];
}

/** A logarithmic axis from one power of ten to another. */
function wholeDecades(curves: readonly Curve[]): { min: number; max: number } | object {
  const logarithms = curves.flatMap(({ points }) =>
    points.flatMap(({ y }) => (y === null || y <= 0 ? [] : [Math.log10(y)])),
  );
  if (logarithms.length === 0) return {};
  const [low, high] = [logarithms.reduce((a, b) => Math.min(a, b)), logarithms.reduce((a, b) => Math.max(a, b))];
  return { min: 10 ** Math.floor(low), max: 10 ** Math.max(Math.floor(low) + 1, Math.ceil(high)) };
}

export function lineChart(options: LineChartOptions): ChartConfiguration {
  const { curves, xTitle, formatX, formatY, yRange, logarithmic = false } = options;
  return {
    type: 'line',
    data: { datasets: curves.flatMap(datasetsOf) },
    options: {
      interaction: { mode: 'nearestOfEach', intersect: false, axis: 'x' },
      scales: {
        x: {
          type: 'linear',
          title: { display: xTitle !== '', text: xTitle, padding: 0 },
          grid: { drawOnChartArea: false, tickLength: 4 },
          ticks: { maxTicksLimit: 6, maxRotation: 0, callback: (value) => formatX(Number(value)) },
        },
        y: {
          type: logarithmic ? 'logarithmic' : 'linear',
          border: { display: false },
          grid: { tickLength: 0 },
          ticks: {
            padding: 6,
            ...(logarithmic
              ? { callback: (value) => (Number.isInteger(Math.log10(Number(value))) ? formatY(Number(value)) : null) }
              : { maxTicksLimit: 5, callback: (value) => formatY(Number(value)) }),
          },
          ...(yRange !== undefined && { min: yRange[0], max: yRange[1] }),
          ...(logarithmic && wholeDecades(curves)),
        },
      },
      plugins: {
        legend: { display: false },
        zoom: zoomable,
        tooltip: {
          filter: ({ dataset }) => dataset.label?.endsWith(BACKGROUND) !== true,
          callbacks: {
            title: (items) => (items[0] === undefined ? '' : `${formatX(items[0].parsed.x ?? 0)} ${xTitle}`),
            label: ({ dataset, parsed }) => ` ${dataset.label ?? ''}  ${parsed.y === null ? '–' : formatY(parsed.y)}`,
          },
        },
      },
    },
  };
}
