// Surgery: what a mask has made superfluous is cut out, and the smaller network answers as the masked one did.
import type { NetworkSpecification, Activation, Layer } from '../../../contract/network.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { applyMasks, type Masks, type Parameters } from '../../networks/parameters.ts';
import { biasName, kernelName } from '../../networks/shapes.ts';
import { unitGroups, type UnitGroup } from '../units.ts';

/** σ(x) in double precision, for constants that are folded away. */
export function activate(activation: Activation, x: number): number {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return Math.max(0, x);
    case 'tanh':
      return Math.tanh(x);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'elu':
      return x > 0 ? x : Math.expm1(x);
  }
}

interface Anatomy {
  network: NetworkSpecification;
  parameters: Record<string, Float32Array>;
  masks: Masks;
}

/** Units that no input reaches (their output is constant) or that no layer reads. */
function superfluousUnits(group: UnitGroup, parameters: Parameters): { constant: boolean[]; unread: boolean[] } {
  const constant = new Array<boolean>(group.units).fill(true);
  parameters[kernelName(group.layer)]!.forEach((w, i) => {
    if (w !== 0) constant[i % group.units] = false;
  });
  const unread = new Array<boolean>(group.units).fill(true);
  for (const consumer of group.consumers) {
    parameters[kernelName(consumer.layer)]!.forEach((w, i) => {
      if (w !== 0) unread[Math.floor(i / consumer.units) % group.units] = false;
    });
  }
  return { constant, unread };
}

function activationOf(network: NetworkSpecification, name: string): Activation {
  const layers = [...network.trunk, ...network.heads.flatMap((head) => head.layers)];
  const layer = layers.find((candidate) => candidate.name === name);
  return layer !== undefined && 'activation' in layer ? layer.activation : 'linear';
}

/** What every unit puts out that no input reaches. */
function constantValues(anatomy: Anatomy, group: UnitGroup): Float64Array {
  const activation = activationOf(anatomy.network, group.layer);
  return Float64Array.from(anatomy.parameters[biasName(group.layer)]!, (bias) => activate(activation, bias));
}

/** Adds value·W_out,u of every folded unit to the biases of the layers that read it, and cuts W_out,u. */
function foldConstants(anatomy: Anatomy, group: UnitGroup, folded: readonly boolean[], values: Float64Array): void {
  for (const consumer of group.consumers) {
    const kernel = anatomy.parameters[kernelName(consumer.layer)]!;
    const sums = Float64Array.from(anatomy.parameters[biasName(consumer.layer)]!);
    for (let row = 0; row < consumer.rows; row++) {
      const unit = row % group.units;
      if (!folded[unit]!) continue;
      for (let j = 0; j < consumer.units; j++) {
        sums[j]! += values[unit]! * kernel[row * consumer.units + j]!;
        kernel[row * consumer.units + j] = 0;
      }
    }
    anatomy.parameters[biasName(consumer.layer)]!.set(sums);
  }
}

function pick<T extends Float32Array | Uint8Array>(values: T, keep: (index: number) => boolean): T {
  return values.filter((_, i) => keep(i)) as T;
}

/** Slices every parameter and mask that belongs to the group down to the units kept. */
function removeUnits(anatomy: Anatomy, group: UnitGroup, keep: readonly boolean[]): Anatomy {
  const slices = new Map<string, (index: number) => boolean>();
  slices.set(kernelName(group.layer), (i) => keep[i % group.units]!);
  slices.set(biasName(group.layer), (i) => keep[i]!);
  for (const consumer of group.consumers) {
    slices.set(kernelName(consumer.layer), (i) => keep[Math.floor(i / consumer.units) % group.units]!);
  }
  const slice = <T extends Float32Array | Uint8Array>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(record).map(([name, values]) => {
        const kept = slices.get(name);
        return [name, kept === undefined ? values : pick(values, kept)];
      }),
    );
  const units = keep.filter(Boolean).length;
  const resize = (layers: readonly Layer[]): Layer[] =>
    layers.map((layer) => {
      if (layer.name !== group.layer) return layer;
      if (layer.kind === 'dense') return { ...layer, units };
      return layer.kind === 'conv2d' ? { ...layer, filters: units } : layer;
    });
  return {
    network: {
      ...anatomy.network,
      trunk: resize(anatomy.network.trunk),
      heads: anatomy.network.heads.map((head) => ({ ...head, layers: resize(head.layers) })),
    },
    parameters: slice(anatomy.parameters),
    masks: slice(anatomy.masks),
  };
}

/** One pass over all groups; null when nothing was superfluous. */
function compactOnce(anatomy: Anatomy): Anatomy | null {
  let current = anatomy;
  let changed = false;
  for (const { layer } of unitGroups(anatomy.network)) {
    const group = unitGroups(current.network).find((candidate) => candidate.layer === layer)!;
    const { constant, unread } = superfluousUnits(group, current.parameters);
    const values = constantValues(current, group);
    // A constant that is padded with zeros is none at the borders: no bias can stand for it.
    const unpadded = group.consumers.every((consumer) => consumer.unpadded);
    const foldable = constant.map((isConstant, unit) => isConstant && (unpadded || values[unit] === 0));
    const keep = foldable.map((isFoldable, unit) => !isFoldable && !unread[unit]!);
    // A layer is never emptied: its last unit stays, doing nothing.
    if (!keep.includes(true)) keep[0] = true;
    if (!keep.includes(false)) continue;
    foldConstants(
      current,
      group,
      foldable.map((isFoldable, unit) => isFoldable && !keep[unit]!),
      values,
    );
    current = removeUnits(current, group, keep);
    changed = true;
  }
  return changed ? current : null;
}

/** Masks that still prune something; a mask of ones says nothing. */
function remainingMasks(parameters: Parameters, masks: Masks): Masks {
  return Object.fromEntries(
    Object.entries(masks).filter(([name, mask]) => parameters[name] !== undefined && mask.includes(0)),
  );
}

/**
 * The model with every unit removed that its masks cut off: units no layer reads vanish; units no input reaches are
 * constants, which are folded into the biases of the layers that read them; only before a convolution that pads with
 * zeros a constant other than zero has to stay. Neurons and channels alike; repeated until nothing is superfluous.
 * Weights that are pruned inside the units that remain stay masked. A model that holds a pattern N:M keeps all of its
 * units: without some of them, others would come to stand in one group.
 */
export function compact(model: PolicyModel): PolicyModel {
  let anatomy: Anatomy = {
    network: model.description.network,
    parameters: applyMasks(model.parameters, model.masks),
    masks: model.masks,
  };
  if (model.description.pattern === undefined) {
    for (let next = compactOnce(anatomy); next !== null; next = compactOnce(anatomy)) anatomy = next;
  }
  return {
    description: { ...model.description, network: anatomy.network },
    parameters: anatomy.parameters,
    masks: remainingMasks(anatomy.parameters, anatomy.masks),
  };
}
