// What a granularity removes, as a noun.

/**
 * "weight", "neuron", "channel", "unit", "layer". A pattern such as 2:4 is one of weights, and a hybrid counts weights though whole
 * units go first.
 */
export const pieceOf = (granularity: string): string =>
  granularity.includes(':') || granularity === 'hybrid' ? 'weight' : granularity;
