// A chart that is drawn already gets new data: what is the same stays, and so does the part that a person has zoomed into.
import type { Chart, ChartData, ChartOptions } from 'chart.js';

/** Data sets are changed rather than exchanged: for new ones Chart.js would build everything anew. */
export function replaceData(chart: Chart, data: ChartData): void {
  const before = chart.data.datasets;
  chart.data.labels = data.labels ?? [];
  chart.data.datasets = data.datasets.map((next, index) => {
    const same = before[index];
    return same?.label === next.label && same?.type === next.type ? Object.assign(same!, next) : next;
  });
}

/** The options, with the present limits of the x axis when they are a person's choice. */
export function keepZoom(chart: Chart, options: ChartOptions): ChartOptions {
  const x = chart.scales.x;
  if (!chart.isZoomedOrPanned() || x === undefined) return options;
  return {
    ...options,
    scales: { ...options.scales, x: { ...options.scales?.x, min: x.min, max: x.max } },
  };
}
