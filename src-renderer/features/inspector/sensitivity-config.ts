// Curves of the return by how much of one layer is removed, with their intervals, as Chart.js draws them.
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import type { ChartConfiguration } from '../../charts/chart.svelte.ts';
import { token } from '../../charts/chart.svelte.ts';
import { categories, dashes } from '../../charts/palette.ts';
import type { SensitivityReport } from '../../../src-main/contract/sensitivity.ts';
import type { Messages } from '../../text/messages.ts';
import { formatNumber, formatPercent, formatReturn } from '../../text/numbers.ts';

export const layerColour = (palette: string, index: number): string => {
  const colours = categories[palette] ?? [];
  return colours[index % colours.length] ?? '';
};

/** Across, where the policy is as it was. */
export const denseLine = (meanReturn: number): AnnotationOptions<'line'> => ({
  type: 'line',
  yMin: meanReturn,
  yMax: meanReturn,
  borderColor: token('ink-3'),
  borderWidth: 1,
  borderDash: [2, 3],
});

export function sensitivityConfig(
  { dense, layers }: SensitivityReport,
  palette: string,
  t: Messages['inspector']['sensitivity'],
): ChartConfiguration {
  const start = { sparsity: 0, ...dense };
  return {
    type: 'line',
    data: {
      datasets: layers.flatMap(({ layer, points }, index) => {
        const colour = layerColour(palette, index);
        const all = [start, ...points];
        const edge = { borderWidth: 0, pointRadius: 0, pointHitRadius: 0, borderColor: colour };
        return [
          {
            label: layer,
            data: all.map(({ sparsity, meanReturn }) => ({ x: sparsity, y: meanReturn })),
            borderColor: colour,
            backgroundColor: colour,
            borderDash: [...(dashes[index % dashes.length] ?? [])],
            borderWidth: 2,
            pointRadius: 3,
          },
          {
            label: `${layer} 2.5 %`,
            data: all.map(({ sparsity, meanInterval }) => ({ x: sparsity, y: meanInterval.low })),
            ...edge,
          },
          {
            label: `${layer} 97.5 %`,
            data: all.map(({ sparsity, meanInterval }) => ({ x: sparsity, y: meanInterval.high })),
            ...edge,
            backgroundColor: `${colour}22`,
            fill: '-1',
          },
        ];
      }),
    },
    options: {
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: 1,
          ticks: { callback: (value) => formatPercent(Number(value)) },
          title: { display: true, text: t.x },
        },
        y: { ticks: { callback: (value) => formatNumber(Number(value), 4) }, title: { display: true, text: t.y } },
      },
      plugins: {
        tooltip: {
          filter: ({ datasetIndex }) => datasetIndex % 3 === 0,
          callbacks: {
            title: ([item]) => formatPercent(item?.parsed.x ?? 0),
            label: ({ dataset, datasetIndex, dataIndex, parsed, chart }) => {
              const at = (offset: number): number =>
                (chart.data.datasets[datasetIndex + offset]!.data[dataIndex] as { y: number }).y;
              const interval = { low: at(1), high: at(2) };
              const mean = formatReturn(parsed.y ?? 0, interval);
              const [low, high] = [formatReturn(interval.low, interval), formatReturn(interval.high, interval)];
              return ` ${dataset.label ?? ''}: ${mean} [${low}, ${high}]`;
            },
          },
        },
        annotation: {
          animations: {},
          annotations: { dense: denseLine(dense.meanReturn) },
        },
      },
    },
  };
}
