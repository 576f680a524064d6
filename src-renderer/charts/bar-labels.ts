// The figure of every bar at its end: nobody has to read it off an axis.
import type { Plugin } from 'chart.js';
import { token } from './chart.svelte.ts';

const GAP = 6;

/** For horizontal bars. @param format of a value; a bar without one says `missing` where it would begin */
export function barLabels(format: (value: number) => string, missing: string): Plugin {
  return {
    id: 'bar-labels',
    afterDatasetsDraw(chart) {
      const { ctx: context, data, chartArea } = chart;
      context.save();
      context.font = `600 11px ${token('font')}`;
      context.textBaseline = 'middle';
      data.datasets.forEach((dataset, index) => {
        chart.getDatasetMeta(index).data.forEach((bar, at) => {
          const value = dataset.data[at];
          const known = typeof value === 'number';
          context.fillStyle = token(known ? 'ink' : 'ink-3');
          context.fillText(known ? format(value) : missing, (known ? bar.x : chartArea.left) + GAP, bar.y);
        });
      });
      context.restore();
    },
  };
}
