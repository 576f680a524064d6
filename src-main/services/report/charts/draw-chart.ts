// The one place that turns any chart into SVG.
import type { Chart } from './chart.ts';
import { drawLayers } from './draw-layers.ts';
import { drawReturns } from './draw-returns.ts';
import { drawTrials } from './draw-trials.ts';

/** One `<svg>` element; its colours are the CSS classes and variables of the page. */
export function drawChart(chart: Chart): string {
  switch (chart.kind) {
    case 'returns':
      return drawReturns(chart);
    case 'trials':
      return drawTrials(chart);
    case 'layers':
      return drawLayers(chart);
  }
}
