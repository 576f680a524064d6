import type { Messages } from '../../text/messages.ts';

/** What a granularity removes, in the plural: "neurons", "权重". */
export function pieceName(granularity: string, t: Messages['wizard']): string {
  if (granularity.includes(':') || granularity === 'weight' || granularity === 'hybrid') return t.piece.weight;
  if (granularity === 'neuron') return t.piece.neuron;
  if (granularity === 'layer') return t.piece.layer;
  return granularity === 'channel' ? t.piece.channel : t.piece.other;
}
