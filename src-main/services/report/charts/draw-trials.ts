// Return over the weights that are left: what was tried, what had to be kept, and what came out.
import { formatCount, formatDecimals } from '../numbers.ts';
import type { TrialsChart } from './chart.ts';
import { countScale, countTicks, linearScale, linearTicks, type Scale } from './scales.ts';
import { CHART_WIDTH, element, label, line, svg, tooltip } from './svg.ts';

const LEFT = 64;
const RIGHT = 24;
const TOP = 40;
const PLOT_HEIGHT = 220;
const BOTTOM = TOP + PLOT_HEIGHT;
/** Between the outermost points and the frame. */
const INSET = 20;
/** Closer to the right end than this, a label goes to the left of its point. */
const LABEL_WIDTH = 150;

function axes(x: Scale, y: Scale, xTicks: readonly number[], yTicks: readonly number[]): string[] {
  const decimals = yTicks.every(Number.isInteger) ? 0 : 2;
  return [
    ...yTicks.flatMap((tick) => [
      line(LEFT, y(tick), CHART_WIDTH - RIGHT, y(tick), 'grid'),
      label(LEFT - 10, y(tick) + 4, formatDecimals(tick, decimals), { anchor: 'end', class: 'tick' }),
    ]),
    ...xTicks.flatMap((tick) => [
      line(x(tick), BOTTOM, x(tick), BOTTOM + 5, 'axis'),
      label(x(tick), BOTTOM + 20, formatCount(tick), { anchor: 'middle', class: 'tick' }),
    ]),
    line(LEFT, BOTTOM, CHART_WIDTH - RIGHT, BOTTOM, 'axis'),
    label(LEFT, BOTTOM + 42, 'weights left, logarithmic, fewer to the right', { class: 'tick' }),
    label(LEFT, 14, 'mean return on validation', { class: 'tick' }),
  ];
}

function outcome({ pruned }: TrialsChart, x: Scale, y: Scale): string {
  const [px, py] = [x(pruned.weights), y(pruned.mean)];
  const { low, high } = pruned.interval;
  const atTheEnd = px > CHART_WIDTH - RIGHT - LABEL_WIDTH;
  // Below the point: the line of what was asked and the dense band are right above or beside it.
  const text = label(px + (atTheEnd ? 6 : -6), py + 26, `${formatCount(pruned.weights)} weights: the result`, {
    anchor: atTheEnd ? 'end' : 'start',
    class: 'pruned text',
  });
  return element(
    'g',
    {},
    tooltip(`result: ${pruned.label} with ${formatCount(pruned.weights)} weights`),
    ...(high > low ? [line(px, y(low), px, y(high), 'whisker')] : []),
    element('circle', { cx: px, cy: py, r: 7, class: 'pruned fill halo' }),
    text,
  );
}

export function drawTrials(chart: TrialsChart): string {
  const { caption, worst, dense, pruned, trials, keep } = chart;
  const values = [dense, pruned].flatMap(({ mean, interval }) => [mean, interval.low, interval.high]);
  const returns = [worst, ...values, ...trials.map((trial) => trial.meanReturn)];
  const returnDomain = [Math.min(...returns), Math.max(...returns)] as const;
  const y = linearScale(returnDomain, [BOTTOM, TOP + 8]);
  const weights = [dense.weights, pruned.weights, ...trials.map((trial) => trial.weights)];
  const weightDomain = [Math.min(...weights), Math.max(...weights)] as const;
  const x = countScale(weightDomain, [CHART_WIDTH - RIGHT - INSET, LEFT + INSET]);

  const points = trials.map(({ weights: left, meanReturn, accepted }) =>
    element(
      'circle',
      { cx: x(left), cy: y(meanReturn), r: 4, class: accepted ? 'pruned fill' : 'pruned open' },
      tooltip(
        `${formatCount(left)} weights: return ${formatDecimals(meanReturn, 1)}, ${accepted ? 'kept' : 'not kept'}`,
      ),
    ),
  );
  const path = [{ weights: dense.weights, meanReturn: dense.mean }, ...trials.filter((trial) => trial.accepted)]
    .map((point) => `${x(point.weights).toFixed(1)},${y(point.meanReturn).toFixed(1)}`)
    .join(' ');
  const band = element('rect', {
    x: LEFT,
    y: y(dense.interval.high),
    width: CHART_WIDTH - RIGHT - LEFT,
    height: y(dense.interval.low) - y(dense.interval.high),
    class: 'dense band',
  });
  const asked =
    keep === null
      ? []
      : [
          line(LEFT, y(keep.value), CHART_WIDTH - RIGHT, y(keep.value), 'asked'),
          label(LEFT + INSET, y(keep.value) + 16, keep.label, { class: 'tick' }),
        ];
  return svg(BOTTOM + 52, caption, [
    ...axes(x, y, countTicks(weightDomain), linearTicks(returnDomain, 5)),
    band,
    ...asked,
    element('polyline', { points: path, class: 'pruned path' }),
    ...points,
    element(
      'circle',
      { cx: x(dense.weights), cy: y(dense.mean), r: 6, class: 'dense fill halo' },
      tooltip(`dense: ${dense.label}`),
    ),
    label(x(dense.weights) + 2, y(dense.mean) - 12, 'dense', { class: 'dense text' }),
    outcome(chart, x, y),
  ]);
}
