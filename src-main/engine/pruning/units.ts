// Which units of a network can be removed, and which slices of which kernels go with each: the coupling of layers.
import type { NetworkSpecification } from '../../contract/network.ts';
import {
  allLayers,
  kernelName,
  layerParameterShapes,
  placeNetwork,
  type PlacedLayer,
  type Shape,
} from '../networks/shapes.ts';

/** A hidden dense layer whose units may go, with the layers that read them. */
export interface UnitGroup {
  /** The layer whose units these are. */
  readonly layer: string;
  readonly units: number;
  /** Rows of its kernel. */
  readonly inputs: number;
  /** The dense layers that read the units: row u of their kernels belongs to unit u. */
  readonly consumers: readonly { readonly layer: string; readonly units: number }[];
}

/** The last layer of every head: its units are the network's outputs and are never removed. */
export function outputLayers(network: NetworkSpecification): ReadonlySet<string> {
  return new Set(network.heads.map((head) => head.layers.at(-1)!.name));
}

/**
 * The removable units of a network: every dense layer that is not an output and is read by dense layers only.
 * A trunk's last layer is read by the first layer of every head, so its units leave all heads at once.
 */
export function unitGroups(network: NetworkSpecification): UnitGroup[] {
  const placed = placeNetwork(network);
  const outputs = outputLayers(network);
  const readers = new Map<string, PlacedLayer[]>();
  const connect = (chain: readonly PlacedLayer[]): void => {
    chain.slice(1).forEach((reader, i) => {
      const name = chain[i]!.layer.name;
      readers.set(name, [...(readers.get(name) ?? []), reader]);
    });
  };
  connect(placed.trunk);
  const last = placed.trunk.at(-1);
  for (const head of placed.heads) connect(last === undefined ? head.layers : [last, ...head.layers]);

  return allLayers(placed).flatMap(({ layer, inputShape }): UnitGroup[] => {
    if (layer.kind !== 'dense' || outputs.has(layer.name)) return [];
    const consumers = (readers.get(layer.name) ?? []).flatMap((reader) =>
      reader.layer.kind === 'dense' ? [{ layer: reader.layer.name, units: reader.layer.units }] : [],
    );
    if (consumers.length !== readers.get(layer.name)?.length) return [];
    return [{ layer: layer.name, units: layer.units, inputs: inputShape[0]!, consumers }];
  });
}

/** The kernels that may lose weights: all of them. Biases are never pruned alone. */
export function prunableKernels(
  network: NetworkSpecification,
): { readonly name: string; readonly layer: string; readonly shape: Shape }[] {
  return allLayers(placeNetwork(network)).flatMap((placed) => {
    const shapes = layerParameterShapes(placed);
    const layer = placed.layer.name;
    return shapes === null ? [] : [{ name: kernelName(layer), layer, shape: shapes.kernel }];
  });
}
