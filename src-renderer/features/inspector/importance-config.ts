// Bars of units as Chart.js draws them: what stays and what goes, whiskers, marks for the dead and the dormant.
import type { ChartConfiguration } from '../../charts/chart.svelte.ts';
import { token } from '../../charts/chart.svelte.ts';
import { errorBars } from '../../charts/error-bars.ts';
import type { Messages } from '../../text/messages.ts';
import { formatCount, formatNumber } from '../../text/numbers.ts';
import type { RankedUnit } from './unit-scores.ts';

export interface MarkedUnit extends RankedUnit {
  readonly mark: 'dead' | 'dormant' | null;
}

/** @param units in the order in which they are drawn */
export function importanceConfig(
  units: readonly MarkedUnit[],
  colour: string,
  t: Messages['inspector']['importance'],
): ChartConfiguration {
  const marks = (kind: 'dead' | 'dormant'): { x: number; y: number }[] =>
    units.flatMap(({ mark, score }, x) => (mark === kind ? [{ x, y: Math.max(0, score) }] : []));
  const marker = { type: 'scatter' as const, radius: 5, borderWidth: 1.75, hoverRadius: 5 };
  return {
    type: 'bar',
    data: {
      labels: units.map((_, x) => x),
      datasets: [
        {
          label: t.dead,
          ...marker,
          data: marks('dead'),
          pointStyle: 'crossRot',
          borderColor: token('danger'),
          backgroundColor: token('danger'),
        },
        {
          label: t.dormant,
          ...marker,
          data: marks('dormant'),
          pointStyle: 'triangle',
          borderColor: token('warning'),
          backgroundColor: token('surface'),
        },
        {
          label: t.score,
          data: units.map(({ score, halfWidth }, x) => ({
            x,
            y: Number.isFinite(score) ? score : 0,
            ...(halfWidth !== null &&
              Number.isFinite(halfWidth) && { yMin: score - halfWidth, yMax: score + halfWidth }),
          })),
          backgroundColor: units.map(({ fate }) => (fate === 'kept' ? colour : token('rule-strong'))),
          borderColor: token('ink-3'),
          barPercentage: 1,
          categoryPercentage: units.length > 200 ? 1 : 0.84,
        },
      ],
    } as ChartConfiguration['data'],
    options: {
      scales: {
        x: {
          type: 'linear',
          min: -0.75,
          max: units.length - 0.25,
          offset: false,
          grid: { display: false },
          ticks: {
            maxTicksLimit: 16,
            callback: (value) => {
              const unit = units[Number(value)]?.unit;
              return Number.isInteger(value) && unit !== undefined ? formatCount(unit + 1) : '';
            },
          },
          title: { display: true, text: t.units },
        },
        y: {
          beginAtZero: true,
          ticks: { maxTicksLimit: 6, callback: (value) => formatNumber(Number(value)) },
          title: { display: true, text: t.score },
        },
      },
      plugins: {
        tooltip: {
          filter: (item, index) => index === 0 || item.datasetIndex === 2,
          callbacks: {
            title: ([item]) => {
              const unit = units[Math.round(item?.parsed.x ?? 0)]?.unit ?? 0;
              return t.unit(formatCount(unit + 1));
            },
            label: (item) => {
              const unit = units[Math.round(item.parsed.x ?? 0)];
              return unit === undefined ? '' : linesOf(unit, t);
            },
          },
        },
      },
    },
    plugins: [errorBars],
  };
}

function linesOf({ score, halfWidth, fate, mark }: MarkedUnit, t: Messages['inspector']['importance']): string[] {
  if (fate === 'pruned') return [t.pruned];
  const interval =
    halfWidth === null ? [] : [t.interval(formatNumber(score - halfWidth), formatNumber(score + halfWidth))];
  return [`${t.score} ${formatNumber(score)}`, ...interval, t[fate], ...(mark === null ? [] : [t[mark]])];
}
