// Layer by layer: what was there, and what is left.
import type { Model } from '../../../contract/entity.ts';
import type { AnyPruneReport, NetworkCount } from '../../../contract/prune-report.ts';
import type { LayersChart } from '../charts/chart.ts';
import { table, type Section, type Text } from '../document.ts';
import { formatCount, formatRelativeChange } from '../numbers.ts';

type LayerCount = NetworkCount['layers'][number];

interface LayerPair {
  readonly name: string;
  readonly before: LayerCount;
  /** Null when nothing of the layer is left. */
  readonly after: LayerCount | null;
}

function pairsOf({ dense, pruned }: AnyPruneReport): LayerPair[] {
  const left = new Map(pruned.count.layers.map((layer) => [layer.name, layer]));
  return dense.count.layers.map((before) => ({ name: before.name, before, after: left.get(before.name) ?? null }));
}

function chartOf(pairs: readonly LayerPair[]): LayersChart {
  const layers = pairs.map(({ name, before, after }) => ({
    name,
    before: before.nonzeroWeights,
    after: after?.nonzeroWeights ?? 0,
  }));
  const [most] = [...layers].sort((a, b) => b.before - b.after - (a.before - a.after));
  const title =
    most === undefined || most.before <= most.after
      ? 'Every layer keeps its weights'
      : `${most.name} gave up most: ${formatCount(most.before - most.after)} of its ${formatCount(most.before)} weights`;
  return {
    kind: 'layers',
    title,
    caption: 'Nonzero weights of every layer, before and after, on a logarithmic axis that has a place for zero.',
    layers,
  };
}

const arrow = (before: string, after: string): string => (before === after ? before : `${before} → ${after}`);

function layerRow({ name, before, after }: LayerPair): Text[] {
  const shape = (layer: LayerCount | null): string => layer?.kernelShape.map(formatCount).join('×') ?? '–';
  const both = (value: (layer: LayerCount) => number): string =>
    arrow(formatCount(value(before)), formatCount(after === null ? 0 : value(after)));
  return [
    [{ code: name }],
    arrow(shape(before), shape(after)),
    both((layer) => layer.units),
    both((layer) => layer.weights),
    both((layer) => layer.nonzeroWeights),
    formatRelativeChange(before.nonzeroWeights, after?.nonzeroWeights ?? 0),
  ];
}

export function layersSection(report: AnyPruneReport): Section {
  const pairs = pairsOf(report);
  return {
    title: 'Layer by layer',
    blocks: [
      { kind: 'chart', chart: chartOf(pairs) },
      table(
        [
          { title: 'Layer', kind: 'code' },
          { title: 'Kernel', kind: 'number' },
          { title: 'Units', kind: 'number' },
          { title: 'Weights', kind: 'number' },
          { title: 'Nonzero', kind: 'number' },
          { title: 'Change', kind: 'number' },
        ],
        pairs.map(layerRow),
      ),
    ],
  };
}

/** Of a model that was not pruned just now: what it consists of. */
export function networkSection({ description, counts }: Model): Section {
  const { input, trunk, heads } = description.network;
  const rows = [...trunk, ...heads.flatMap((head) => head.layers)].flatMap((layer) => {
    if (layer.kind !== 'dense' && layer.kind !== 'conv2d') return [];
    const units = layer.kind === 'dense' ? layer.units : layer.filters;
    return [[[{ code: layer.name }], layer.kind, formatCount(units), layer.activation]];
  });
  return {
    title: 'The network',
    blocks: [
      {
        kind: 'paragraph',
        text:
          `It reads observations of shape ${input.shape.map(formatCount).join('×')} and holds ${formatCount(counts.weights)} weights, ` +
          `${formatCount(counts.nonzeroWeights)} of them nonzero: ${formatCount(counts.macs)} multiply-accumulates per action.`,
      },
      table(
        [
          { title: 'Layer', kind: 'code' },
          { title: 'Kind', kind: 'text' },
          { title: 'Units', kind: 'number' },
          { title: 'Activation', kind: 'text' },
        ],
        rows,
      ),
    ],
  };
}
