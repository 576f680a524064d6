// Dense and pruned returns as bars with intervals, from the worst possible return on.
import { formatDecimals } from '../numbers.ts';
import type { Estimate, ReturnsChart } from './chart.ts';
import { linearScale, linearTicks, type Scale } from './scales.ts';
import { CHART_WIDTH, element, label, line, svg, tooltip } from './svg.ts';

const LEFT = 64;
/** Room for the value behind the bar. */
const RIGHT = 190;
const BAR = 18;
const GAP = 6;
const GROUP_TITLE = 26;
const GROUP_GAP = 18;
const AXIS = 34;

function bar(options: { name: 'dense' | 'pruned'; estimate: Estimate; y: number; x: Scale; worst: number }): string {
  const { name, estimate, y, x, worst } = options;
  const { low, high } = estimate.interval;
  const middle = y + BAR / 2;
  const [start, end] = [x(worst), x(estimate.mean)];
  // The casing keeps the whisker apart from a bar of any colour.
  const whisker = ['casing', 'whisker'].flatMap((stroke) => [
    line(x(low), middle, x(high), middle, stroke),
    line(x(low), middle - 4, x(low), middle + 4, stroke),
    line(x(high), middle - 4, x(high), middle + 4, stroke),
  ]);
  return element(
    'g',
    {},
    tooltip(`${name}: ${estimate.label}`),
    label(LEFT - 10, middle + 4, name, { anchor: 'end' }),
    element('rect', {
      x: Math.min(start, end),
      y,
      width: Math.abs(end - start),
      height: BAR,
      rx: 2,
      class: `${name} fill`,
    }),
    ...(high > low ? whisker : []),
    label(Math.max(end, x(high)) + 10, middle + 4, estimate.label, { class: 'value' }),
  );
}

export function drawReturns({ caption, worst, groups }: ReturnsChart): string {
  const ends = groups.flatMap(({ dense, pruned }) =>
    [dense, pruned].flatMap(({ mean, interval }) => [mean, interval.low, interval.high]),
  );
  const domain = [Math.min(worst, ...ends), Math.max(worst, ...ends)] as const;
  const x = linearScale(domain, [LEFT, CHART_WIDTH - RIGHT]);
  const groupHeight = GROUP_TITLE + 2 * BAR + GAP + GROUP_GAP;
  const endOf = (group: number): number => (group + 1) * groupHeight - GROUP_GAP + 4;
  const bottom = endOf(groups.length - 1);
  const ticks = linearTicks(domain, 5);
  const decimals = ticks.every(Number.isInteger) ? 0 : 2;
  const axis = ticks.flatMap((tick) => [
    ...groups.map((_, i) => line(x(tick), i * groupHeight + GROUP_TITLE - 4, x(tick), endOf(i), 'grid')),
    label(x(tick), bottom + 16, formatDecimals(tick, decimals), { anchor: 'middle', class: 'tick' }),
  ]);
  const bars = groups.flatMap(({ title, dense, pruned }, i) => {
    const top = i * groupHeight;
    return [
      label(LEFT, top + 16, title, { class: 'group' }),
      bar({ name: 'dense', estimate: dense, y: top + GROUP_TITLE, x, worst }),
      bar({ name: 'pruned', estimate: pruned, y: top + GROUP_TITLE + BAR + GAP, x, worst }),
    ];
  });
  const baselines = groups.map((_, i) => line(x(worst), i * groupHeight + GROUP_TITLE - 4, x(worst), endOf(i), 'axis'));
  return svg(bottom + AXIS, caption, [...axis, ...bars, ...baselines]);
}
