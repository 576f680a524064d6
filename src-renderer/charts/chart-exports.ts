// A chart as a file: PNG of what is seen, SVG drawn anew, CSV of what it was drawn from.
import type { Chart } from 'chart.js';
import type { MenuItem } from '../ui/Menu.svelte';
import { token } from './chart.svelte.ts';
import { toCsv } from './csv.ts';
import { saveFile } from './save-file.ts';
import { toSvg } from './chart-svg.ts';

export interface ChartTexts {
  readonly menu: string;
  readonly png: string;
  readonly svg: string;
  readonly csv: string;
  readonly copy: string;
}

/** A title as the name of a file. */
function fileName(title: string, ending: string): string {
  return `${title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')}.${ending}`;
}

/** On the page's ground: a transparent picture is unreadable on whatever it is pasted on. */
function toPng(chart: Chart): Promise<Blob> {
  const { canvas } = chart;
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d')!;
  context.fillStyle = token('surface');
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve, reject) => {
    copy.toBlob((blob) => {
      if (blob === null) reject(new Error('the canvas gave no picture'));
      else resolve(blob);
    });
  });
}

/** One row per x, one column per series. */
export function tableOf(chart: Chart): (string | number | null)[][] {
  const series = chart.data.datasets;
  const rows = new Map<string | number, (string | number | null)[]>();
  series.forEach((dataset, column) => {
    dataset.data.forEach((point, index) => {
      const [x, y] =
        typeof point === 'object' && point !== null && 'x' in point
          ? [point.x!, point.y!]
          : [(chart.data.labels?.[index] ?? index) as string | number, point as number | null];
      const row = rows.get(x) ?? [x, ...series.map(() => null)];
      row[column + 1] = y;
      rows.set(x, row);
    });
  });
  return [['x', ...series.map(({ label }) => label ?? '')], ...rows.values()];
}

export function chartExports(chart: Chart, title: string, texts: ChartTexts): MenuItem[][] {
  return [
    [
      {
        label: texts.png,
        run: () =>
          void toPng(chart).then((png) => {
            saveFile(fileName(title, 'png'), png);
          }),
      },
      {
        label: texts.svg,
        run: () =>
          void toSvg(chart).then((svg) => {
            saveFile(fileName(title, 'svg'), new Blob([svg], { type: 'image/svg+xml' }));
          }),
      },
      {
        label: texts.csv,
        run: () => {
          saveFile(fileName(title, 'csv'), new Blob([toCsv(tableOf(chart))], { type: 'text/csv' }));
        },
      },
    ],
    [
      {
        label: texts.copy,
        run: () => void navigator.clipboard.write([new ClipboardItem({ 'image/png': toPng(chart) })]),
      },
    ],
  ];
}
