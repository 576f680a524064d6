// Which units of a network can be removed, and which slices of which kernels go with each: the coupling of layers.
import type { Conv2dLayer, DenseLayer, NetworkSpecification } from '../../contract/network.ts';
import {
  allLayers,
  kernelName,
  layerParameterShapes,
  placeNetwork,
  sizeOf,
  windowPadding,
  type PlacedLayer,
  type Shape,
} from '../networks/shapes.ts';

type Parametric = PlacedLayer & { readonly layer: DenseLayer | Conv2dLayer };

/** A layer that reads the units of a group, through pools and flattens. */
export interface UnitReader {
  readonly layer: string;
  /** Of its kernel, seen as [rows, units]. Row r belongs to unit r mod n of the group, n being the group's size. */
  readonly rows: number;
  readonly units: number;
  /** Whether it sees the same at its borders as inside: false for a convolution that pads with zeros. */
  readonly unpadded: boolean;
}

/**
 * A hidden layer whose units may go, with the layers that read them. A unit is a neuron of a dense layer or a channel of
 * a convolution: column u of the layer's own kernel, entry u of its bias, and the rows of its readers' kernels that
 * belong to it. Since channels are the last dimension everywhere, flattened or not, these are the rows that leave the
 * remainder u.
 */
export interface UnitGroup {
  /** The layer whose units these are. */
  readonly layer: string;
  readonly kind: 'neuron' | 'channel';
  readonly units: number;
  /** Rows of its kernel, seen as [inputs, units]. */
  readonly inputs: number;
  readonly kernelShape: Shape;
  readonly consumers: readonly UnitReader[];
}

const isParametric = (placed: PlacedLayer): placed is Parametric =>
  placed.layer.kind === 'dense' || placed.layer.kind === 'conv2d';

/** Every way from the input to an output, one per head. */
function ways(network: NetworkSpecification): Parametric[][] {
  const { trunk, heads } = placeNetwork(network);
  return heads.map((head) => [...trunk, ...head.layers].filter(isParametric));
}

/** The last layers with weights of all heads: their units are the network's outputs and are never removed. */
export function outputLayers(network: NetworkSpecification): ReadonlySet<string> {
  return new Set(ways(network).flatMap((way) => way.at(-1)?.layer.name ?? []));
}

function pads({ layer, inputShape, outputShape }: Parametric): boolean {
  if (layer.kind === 'dense') return false;
  return ([0, 1] as const).some(
    (axis) =>
      windowPadding(inputShape[axis]!, outputShape[axis]!, layer.kernelSize[axis], layer.strides[axis]).total > 0,
  );
}

function readerOf(placed: Parametric): UnitReader {
  const { kernel } = layerParameterShapes(placed)!;
  return {
    layer: placed.layer.name,
    rows: sizeOf(kernel.slice(0, -1)),
    units: kernel.at(-1)!,
    unpadded: !pads(placed),
  };
}

/**
 * The removable units of a network, layer by layer in forward order: of every layer with weights that is not the last of
 * a head. A trunk's last layer is read by the first of every head, so its units leave all heads at once.
 */
export function unitGroups(network: NetworkSpecification): UnitGroup[] {
  const outputs = outputLayers(network);
  const readers = new Map<string, Map<string, UnitReader>>();
  for (const way of ways(network)) {
    way.slice(1).forEach((reader, i) => {
      const { name } = way[i]!.layer;
      const known = readers.get(name) ?? new Map<string, UnitReader>();
      readers.set(name, known.set(reader.layer.name, readerOf(reader)));
    });
  }
  return allLayers(placeNetwork(network)).flatMap((placed): UnitGroup[] => {
    const { layer } = placed;
    if (!isParametric(placed) || outputs.has(layer.name)) return [];
    const { kernel } = layerParameterShapes(placed)!;
    return [
      {
        layer: layer.name,
        kind: layer.kind === 'dense' ? 'neuron' : 'channel',
        units: kernel.at(-1)!,
        inputs: sizeOf(kernel.slice(0, -1)),
        kernelShape: kernel,
        consumers: [...(readers.get(layer.name)?.values() ?? [])],
      },
    ];
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
