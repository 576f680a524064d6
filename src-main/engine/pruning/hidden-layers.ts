// The hidden layers of a policy as wholes: which of them a network can do without, and why not the others.
import type { PolicyModel } from '../networks/model.ts';
import type { NetworkSpecification } from '../../contract/network.ts';
import { allLayers, kernelName, placeNetwork } from '../networks/shapes.ts';
import { unitGroups, type UnitGroup } from './units.ts';

/** What says how large a model is. */
export type WeighedModel = Pick<PolicyModel, 'parameters' | 'masks'> & { readonly network: NetworkSpecification };

export interface HiddenLayer {
  readonly group: UnitGroup;
  /** Weights that are gone when it is. */
  readonly saves: number;
  /** Why it cannot go; null when it can. */
  readonly obstacle: string | null;
}

function nonzeroIn({ parameters, masks }: WeighedModel, layer: string): number {
  const name = kernelName(layer);
  const mask = masks[name];
  return parameters[name]!.reduce((count, w, i) => count + Number(w !== 0 && mask?.[i] !== 0), 0);
}

/** Whether what a convolution reads could be what it puts out: then nothing has to stand in for it. */
function keepsShape(network: NetworkSpecification, name: string): boolean {
  const { layer, inputShape, outputShape } = allLayers(placeNetwork(network)).find((one) => one.layer.name === name)!;
  const strides = layer.kind === 'conv2d' ? layer.strides : [1];
  return strides.every((stride) => stride === 1) && inputShape.every((size, axis) => size === outputShape[axis]);
}

/**
 * Every hidden layer with weights, in forward order; the layers that put out what the network puts out are none. A dense
 * layer can go where it and its readers have more weights than the single kernel that takes their place, which has none
 * pruned; a convolution where it keeps the shape of what it reads.
 */
export function hiddenLayers(model: WeighedModel): HiddenLayer[] {
  const { network } = model;
  const groups = unitGroups(network);
  return groups.map((group) => {
    const own = nonzeroIn(model, group.layer);
    if (groups.length === 1) return { group, saves: 0, obstacle: 'it is the only hidden layer, and one stays' };
    if (group.kind === 'channel') {
      const obstacle = keepsShape(network, group.layer) ? null : 'it changes the shape of what it reads';
      return { group, saves: own, obstacle };
    }
    const before = own + group.consumers.reduce((sum, reader) => sum + nonzeroIn(model, reader.layer), 0);
    const after = group.inputs * group.consumers.reduce((sum, { units }) => sum + units, 0);
    const larger = `merged with what reads it, it would have ${after} weights and not ${before}`;
    return { group, saves: before - after, obstacle: after < before ? null : larger };
  });
}

/** How many there are, removable or not: what amounts are shares of. */
export const countHiddenLayers = (network: NetworkSpecification): number => unitGroups(network).length;
