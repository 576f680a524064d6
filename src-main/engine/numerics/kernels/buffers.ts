// Where the values between layers lie: one place each when they are to be kept, else a few places used in turn.
import type { PlacedLayer, PlacedNetwork } from '../../networks/shapes.ts';
import { allLayers, sizeOf } from '../../networks/shapes.ts';
import { panelStride, roundUpTo4, samplePanels, type MemoryLayout } from './memory-layout.ts';

/** The values of a layer for a batch: panels of 8 samples, [panel][feature][8]. */
export interface Values {
  readonly features: number;
  readonly address: number;
  /** Bytes from panel to panel. */
  readonly stride: number;
  /** Address of their gradient, laid out alike; 0 when there is none. */
  readonly delta: number;
}

export interface Buffers {
  readonly input: Values;
  /** By layer name. A flatten layer has those of the layer before it. */
  readonly layers: ReadonlyMap<string, Values>;
}

/** A row more than the filling: the last tile of a convolution may write (zeros) that far. */
const strideOf = (features: number): number => panelStride((roundUpTo4(features) + 4) * 32);

interface Request {
  readonly features: number;
  readonly previous: Values;
  /** Values that must stay besides `previous`. */
  readonly held: Values | null;
  /** The last of a head: must stay until all heads are there. */
  readonly last: boolean;
}

function assign(placed: PlacedNetwork, input: Values, place: (request: Request) => Values): Buffers {
  const layers = new Map<string, Values>();
  const walk = (chain: readonly PlacedLayer[], from: Values, head: boolean): Values => {
    let previous = from;
    chain.forEach(({ layer, outputShape }, i) => {
      if (layer.kind !== 'flatten') {
        const last = head && chain.slice(i + 1).every((later) => later.layer.kind === 'flatten');
        previous = place({ features: sizeOf(outputShape), previous, held: head ? from : null, last });
      }
      layers.set(layer.name, previous);
    });
    return previous;
  };
  const trunk = walk(placed.trunk, input, false);
  for (const head of placed.heads) walk(head.layers, trunk, true);
  return { input, layers };
}

/** Every layer's values in a place of their own. */
export function tapeBuffers(
  placed: PlacedNetwork,
  layout: MemoryLayout,
  { maxBatch, deltas }: { readonly maxBatch: number; readonly deltas: boolean },
): Buffers {
  const take = (features: number, delta: boolean): Values => {
    const stride = strideOf(features);
    const bytes = samplePanels(maxBatch) * stride;
    return { features, stride, address: layout.take(bytes), delta: delta ? layout.take(bytes) : 0 };
  };
  return assign(placed, take(placed.inputSize, false), ({ features }) => take(features, deltas));
}

/** Three places used in turn: what a layer reads, what it writes, and the trunk's output while heads are computed. */
export function inferenceBuffers(placed: PlacedNetwork, layout: MemoryLayout, maxBatch: number): Buffers {
  const panels = samplePanels(maxBatch);
  const sizes = [placed.inputSize, ...allLayers(placed).map(({ outputShape }) => sizeOf(outputShape))];
  const largest = panels * strideOf(Math.max(...sizes));
  const places = [0, 1, 2].map(() => layout.take(largest));
  const at = (features: number, address: number): Values => ({
    features,
    address,
    stride: strideOf(features),
    delta: 0,
  });
  return assign(placed, at(placed.inputSize, places[0]!), ({ features, previous, held, last }) => {
    if (last) return at(features, layout.take(panels * strideOf(features)));
    return at(
      features,
      places.find((address) => address !== previous.address && address !== held?.address)!,
    );
  });
}
