// The return without each layer as a whole, with its interval, as Chart.js draws it.
import type { ChartConfiguration } from '../../charts/chart.svelte.ts';
import { errorBars } from '../../charts/error-bars.ts';
import type { SensitivityReport } from '../../../src-main/contract/sensitivity.ts';
import type { Messages } from '../../text/messages.ts';
import { formatNumber, formatReturn } from '../../text/numbers.ts';
import { denseLine, layerColour } from './sensitivity-config.ts';

export function layerReturnsConfig(
  { dense, layers }: SensitivityReport,
  palette: string,
  t: Messages['inspector']['sensitivity'],
): ChartConfiguration {
  return {
    type: 'scatter',
    plugins: [errorBars],
    data: {
      datasets: layers.map(({ layer, points }, x) => {
        const colour = layerColour(palette, x);
        return {
          label: layer,
          data: points.map(({ meanReturn: y, meanInterval: { low, high } }) => ({ x, y, yMin: low, yMax: high })),
          borderColor: colour,
          backgroundColor: colour,
          pointRadius: 5,
        };
      }),
    },
    options: {
      scales: {
        x: {
          type: 'linear',
          min: -0.5,
          max: layers.length - 0.5,
          grid: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = layers.map((_, value) => ({ value }));
          },
          ticks: { callback: (x) => layers[Number(x)]?.layer ?? '' },
          title: { display: true, text: t.without },
        },
        y: { ticks: { callback: (value) => formatNumber(Number(value), 4) }, title: { display: true, text: t.y } },
      },
      plugins: {
        tooltip: {
          callbacks: {
            label: ({ dataset, dataIndex }) => {
              const { y, yMin, yMax } = dataset.data[dataIndex] as unknown as { y: number; yMin: number; yMax: number };
              const interval = { low: yMin, high: yMax };
              const [mean, low, high] = [y, yMin, yMax].map((value) => formatReturn(value, interval));
              return ` ${dataset.label ?? ''}: ${mean!} [${low!}, ${high!}]`;
            },
          },
        },
        annotation: { animations: {}, annotations: { dense: denseLine(dense.meanReturn) } },
      },
    },
  };
}
