// What the nodes of the graph say.
import type { ModelDetail } from '../../../src-main/contract/api/models.ts';
import type { Conv2dLayer, MaxPoolLayer } from '../../../src-main/contract/network.ts';
import type { Messages } from '../../text/messages.ts';
import { formatCount, formatNumber, formatShort } from '../../text/numbers.ts';
import type { GraphNode } from './network-graph.ts';

type Texts = Messages['inspector']['graph'];

const times = (sizes: readonly number[]): string => sizes.join('×');

export const shapeText = (input: readonly number[], output: readonly number[]): string =>
  `${times(input)} → ${times(output)}`;

function actionsText({ model }: ModelDetail, t: Texts): string {
  const { actionSpace } = model.description;
  if (actionSpace.kind === 'box') return t.dimensions(formatCount(actionSpace.shape.reduce((a, b) => a * b, 1)));
  return actionSpace.n === 1 ? t.action : t.actions(formatCount(actionSpace.n));
}

/** What a node is. */
export function nameOf(node: GraphNode, detail: ModelDetail, t: Texts): string {
  const { network, policy } = detail.model.description;
  switch (node.kind) {
    case 'input':
      return `${t.input} ${times(network.input.shape)}`;
    case 'dueling':
      return t.dueling;
    case 'action':
      return `${policy.kind === 'greedy' ? t.greedy : t.mean} → ${actionsText(detail, t)}`;
    case 'layer':
      switch (node.layer.kind) {
        case 'dense':
          return t.dense;
        case 'conv2d':
          return t.conv2d(times(node.layer.kernelSize));
        case 'max-pool':
          return t['max-pool'](times(node.layer.poolSize));
        case 'flatten':
          return t.flatten;
      }
  }
}

/** How a window moves; without padding is how most do. */
const windowOf = ({ strides, padding }: Conv2dLayer | MaxPoolLayer, t: Texts): string[] => [
  t.stride(times(strides)),
  ...(padding === 'valid' ? [] : [t.padding(padding)]),
];

/** How a node does it; empty where there is nothing to say. */
export function attributesOf(node: GraphNode, { model }: ModelDetail, t: Texts): string {
  if (node.kind === 'input') {
    const { scale, normalizer } = model.description.network.input;
    const parts = [
      ...(scale === 1 ? [] : [t.scale(formatNumber(scale))]),
      ...(normalizer === undefined ? [] : [t.normalized]),
    ];
    return parts.join(' · ');
  }
  if (node.kind !== 'layer') return '';
  const { layer, statistics } = node;
  const macs = statistics.kernel === null ? [] : [t.macs(formatShort(statistics.kernel.macs))];
  switch (layer.kind) {
    case 'dense':
      return [layer.activation, ...macs].join(' · ');
    case 'conv2d':
      return [layer.activation, ...windowOf(layer, t), ...macs].join(' · ');
    case 'max-pool':
      return windowOf(layer, t).join(' · ');
    case 'flatten':
      return '';
  }
}
