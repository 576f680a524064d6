// Weights of every layer before and after, as two points on one line.
import { formatCount } from '../numbers.ts';
import type { LayersChart } from './chart.ts';
import { countScale, countTicks } from './scales.ts';
import { CHART_WIDTH, element, label, line, svg, tooltip } from './svg.ts';

/** Room for the values beside the outermost points. */
const VALUE = 66;
const RIGHT = 16;
const ROW = 30;
const TOP = 26;
/** Advance of the fixed pitch at its size in the page. */
const CHARACTER = 7;
/** Longer names end in an ellipsis; hovering shows them in full. */
const LONGEST_NAME = 26;
/** Closer points than this share one value. */
const TOUCHING = 12;

const shortened = (name: string): string =>
  name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;

export function drawLayers({ caption, layers }: LayersChart): string {
  const domain = [0, Math.max(1, ...layers.flatMap(({ before, after }) => [before, after]))] as const;
  const left = 20 + CHARACTER * Math.max(0, ...layers.map(({ name }) => shortened(name).length));
  const x = countScale(domain, [left + VALUE, CHART_WIDTH - RIGHT - VALUE]);
  const bottom = TOP + layers.length * ROW;
  const axis = countTicks(domain).flatMap((tick) => [
    line(x(tick), TOP, x(tick), bottom, 'grid'),
    label(x(tick), bottom + 18, formatCount(tick), { anchor: 'middle', class: 'tick' }),
  ]);
  const rows = layers.map(({ name, before, after }, i) => {
    const y = TOP + (i + 0.5) * ROW;
    const [from, to] = [x(before), x(after)];
    const apart = Math.abs(from - to) > TOUCHING;
    const side = to <= from ? -1 : 1;
    const value = label(to + side * 12, y + 4, formatCount(after), {
      anchor: side < 0 ? 'end' : 'start',
      class: 'value',
    });
    return element(
      'g',
      {},
      tooltip(`${name}: ${formatCount(before)} → ${formatCount(after)} weights`),
      label(0, y + 4, shortened(name), { class: 'name' }),
      line(from, y, to, y, 'link'),
      element('circle', { cx: from, cy: y, r: 6, class: 'dense fill' }),
      element('circle', { cx: to, cy: y, r: 6, class: 'pruned fill' }),
      value,
      ...(apart ? [label(from - side * 12, y + 4, formatCount(before), { anchor: side < 0 ? 'start' : 'end' })] : []),
    );
  });
  const [first] = layers;
  const key =
    first === undefined
      ? []
      : [
          label(x(first.after) + 6, 14, 'pruned', { anchor: 'end', class: 'pruned text' }),
          label(x(first.before) + (first.before === first.after ? 14 : -6), 14, 'dense', { class: 'dense text' }),
        ];
  const axisTitle = label(left + VALUE, bottom + 38, 'nonzero weights, logarithmic', { class: 'tick' });
  return svg(bottom + 48, caption, [...axis, ...rows, ...key, axisTitle]);
}
