// Whole layers, one after the other: always the one that the decisions miss least, until as many are gone as should.
import type { LayerChoices } from '../../contract/recipe.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { NetworkSpecification } from '../../contract/network.ts';
import type { PolicyModel } from '../networks/model.ts';
import { placeNetwork, sizeOf } from '../networks/shapes.ts';
import { UnknownNameError } from '../registry.ts';
import type { Criterion } from './criteria/criterion.ts';
import { checkCanRank } from './granularity/granularity.ts';
import { countHiddenLayers, hiddenLayers, type HiddenLayer, type WeighedModel } from './hidden-layers.ts';
import { withStandIn, type BypassInput } from './surgery/bypass-layer.ts';
import { mergeLayer } from './surgery/merge-layer.ts';
import { proveEqual } from './surgery/prove-equal.ts';
import { tryBypasses, type Bypass } from './try-bypasses.ts';
import { prunableKernels } from './units.ts';

/** Not one hidden layer can go. */
export class NoRemovableLayerError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(hidden: readonly HiddenLayer[]) {
    const reasons = hidden.map(({ group, obstacle }) => `${group.layer}: ${obstacle}`).join('; ');
    super(
      `this network has no hidden layer that can go (${reasons || 'it has none'})`,
      'Use the granularity weight or unit.',
    );
  }
}

/** @throws NoRemovableLayerError */
export function checkRemovable(model: WeighedModel): void {
  const hidden = hiddenLayers(model);
  if (hidden.every(({ obstacle }) => obstacle !== null)) throw new NoRemovableLayerError(hidden);
}

/** A share of one layer, where layers go as a whole. */
export class LayerShareError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(layer: string) {
    super(
      `a share of the layer "${layer}" cannot go where whole layers are removed`,
      'Lock it or leave it out; or use the granularity weight or unit.',
    );
  }
}

/**
 * The layers that a person has locked.
 * @throws UnknownNameError, LayerShareError
 */
export function lockedLayers(choices: LayerChoices, network: NetworkSpecification): ReadonlySet<string> {
  const known = prunableKernels(network).map(({ layer }) => layer);
  for (const [layer, choice] of Object.entries(choices)) {
    if (!known.includes(layer)) throw new UnknownNameError('layer', layer, known);
    if (choice !== 'locked') throw new LayerShareError(layer);
  }
  return new Set(Object.keys(choices));
}

/**
 * As many hidden layers as may stay, or every layer without which the policy decides otherwise in at most that share of
 * the states, with what went before. One hidden layer always stays.
 */
export type LayerAmount =
  { readonly kind: 'left'; readonly left: number } | { readonly kind: 'threshold'; readonly threshold: number };

/** @param hidden layers of the dense policy. @param sparsity share of them that is to go */
export function layersLeft(hidden: number, sparsity: number): Extract<LayerAmount, { kind: 'left' }> {
  // 0.29 · 100 is just below 29.
  return { kind: 'left', left: hidden - Math.floor(sparsity * hidden + 1e-9) };
}

/**
 * Where what a layer reads repeats itself, its stand-in has large weights that cancel: in single precision that leaves
 * more than surgery on masks does. A mistake would be larger by far.
 */
const MERGE_TOLERANCE = 1e-3;

/**
 * What is left when the layer goes that takes most weights with it: as `removeLayers` decides between layers that are
 * missed equally, where nothing is known of how they are missed. Its stand-in is made of ones: the network has the size
 * that it has with any other, and answers nothing of use.
 * @returns null when none can go
 */
export function withoutLargest(model: PolicyModel, locked: ReadonlySet<string>): PolicyModel | null {
  const { description, parameters, masks } = model;
  const [largest] = hiddenLayers({ network: description.network, parameters, masks })
    .filter(({ group, obstacle }) => obstacle === null && !locked.has(group.layer))
    .sort((a, b) => b.saves - a.saves);
  if (largest === undefined) return null;
  const { layer, kernelShape, units } = largest.group;
  const standIn = { kernel: new Float32Array(sizeOf(kernelShape)).fill(1), bias: new Float32Array(units) };
  return mergeLayer(withStandIn(model, layer, standIn), layer);
}

/** The least missed; of equals the one that takes most weights with it. */
function leastMissed(bypasses: readonly Bypass[], criterion: Criterion): (Bypass & { readonly score: number }) | null {
  const scored = bypasses.map((bypass) => ({ ...bypass, score: criterion.scoreLayer!(bypass) }));
  return scored.sort((a, b) => a.score - b.score || b.saves - a.saves)[0] ?? null;
}

export interface LayerRemoval {
  /** The very model that was given when nothing went. */
  readonly model: PolicyModel;
  /** In the order in which they went, with what the decisions lost without all of them so far. */
  readonly removed: readonly { readonly layer: string; readonly loss: number }[];
  /** Of the proofs that merging changed nothing, on the states; 0 when nothing went. */
  readonly largestDifference: number;
}

/**
 * Every layer that goes is bypassed by its best linear stand-in, which is merged into the layers that read it; that the
 * merged network answers as the one with the stand-in is proven on the states. After each the rest is tried anew.
 * @param dense whose decisions count
 * @throws CriterionGranularityError, SurgeryMismatchError
 */
export function removeLayers(
  input: BypassInput & {
    readonly model: PolicyModel;
    readonly dense: PolicyModel;
    readonly criterion: Criterion;
    readonly locked: ReadonlySet<string>;
  },
  amount: LayerAmount,
): LayerRemoval {
  const { dense, criterion, locked, backend, observations } = input;
  checkCanRank(criterion, { id: 'layer', ranks: 'layers' });
  const count = observations.length / placeNetwork(dense.description.network).inputSize;
  let { model } = input;
  const removed: LayerRemoval['removed'][number][] = [];
  let largestDifference = 0;
  for (;;) {
    const hidden = countHiddenLayers(model.description.network);
    if (amount.kind === 'left' && hidden <= Math.max(1, amount.left)) break;
    const going = leastMissed(
      tryBypasses({ ...input, model }).filter(({ layer }) => !locked.has(layer)),
      criterion,
    );
    if (going === null || (amount.kind === 'threshold' && going.score > amount.threshold)) break;
    const merged = mergeLayer(going.model, going.layer);
    const pair = { masked: going.model, compacted: merged };
    const difference = proveEqual({ backend, ...pair, observations, count, tolerance: MERGE_TOLERANCE });
    largestDifference = Math.max(largestDifference, difference);
    removed.push({ layer: going.layer, loss: going.loss });
    model = merged;
  }
  return { model, removed, largestDifference };
}
