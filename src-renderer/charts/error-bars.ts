// Intervals drawn where they belong: points of a dataset that have yMin and yMax get a whisker.
import type { Chart, Plugin } from 'chart.js';

export interface IntervalPoint {
  readonly x: number;
  readonly y: number;
  readonly yMin?: number;
  readonly yMax?: number;
}

const CAP = 4;

export const errorBars: Plugin = {
  id: 'error-bars',
  beforeDatasetsDraw(chart: Chart) {
    const { ctx: context, scales } = chart;
    const y = scales.y;
    if (y === undefined) return;
    chart.data.datasets.forEach((dataset, index) => {
      const meta = chart.getDatasetMeta(index);
      if (meta.hidden) return;
      context.save();
      context.strokeStyle = typeof dataset.borderColor === 'string' ? dataset.borderColor : '#888';
      context.lineWidth = 1.25;
      dataset.data.forEach((raw, at) => {
        const point = raw as Partial<IntervalPoint> | null;
        const element = meta.data[at];
        if (point?.yMin === undefined || point.yMax === undefined || element === undefined) return;
        const [low, high] = [y.getPixelForValue(point.yMin), y.getPixelForValue(point.yMax)];
        context.beginPath();
        context.moveTo(element.x, low);
        context.lineTo(element.x, high);
        for (const end of [low, high]) {
          context.moveTo(element.x - CAP, end);
          context.lineTo(element.x + CAP, end);
        }
        context.stroke();
      });
      context.restore();
    });
  },
};
