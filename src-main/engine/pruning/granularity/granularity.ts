// What is removed as one piece, and which mask that makes.
import type { NetworkSpecification } from '../../../contract/network.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { LayerChoice, LayerChoices } from '../../../contract/recipe.ts';
import type { Masks, Parameters } from '../../networks/parameters.ts';
import { biasName, type Shape } from '../../networks/shapes.ts';
import type { Random } from '../../random/random.ts';
import type { Allocation, AllocationLayer } from '../allocation/allocation.ts';
import { global } from '../allocation/global.ts';
import { checkMultiple, roundUp } from '../allocation/multiples.ts';
import { sortedScores } from '../allocation/sorted-scores.ts';
import { withMagnitudes } from '../allocation/magnitudes.ts';
import { choicesFor, chosenCount, keepAround } from '../allocation/layer-choices.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { criteria } from '../criteria/registry.ts';
import { checkScoringData, type ScoringData } from '../scoring-data.ts';
import type { ShapleyValues } from '../shapley/shapley-values.ts';
import { outputLayers } from '../units.ts';

/** A criterion that has no score for what is to be removed. */
export class CriterionGranularityError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(criterion: string, granularity: string, suitable: readonly string[]) {
    super(
      `the criterion "${criterion}" cannot rank at the granularity "${granularity}"`,
      `Use ${suitable.join(' or ')}.`,
    );
  }
}

/** Whether the criterion has scores for what the granularity removes. */
export function canRank(criterion: Criterion, { ranks }: Pick<Granularity, 'ranks'>): boolean {
  switch (ranks) {
    case 'weights':
      return criterion.scoreWeights !== undefined;
    case 'units':
      return criterion.scoreUnits !== undefined;
    case 'layers':
      return criterion.scoreLayer !== undefined;
  }
}

/** @throws CriterionGranularityError, naming the criteria that can */
export function checkCanRank(criterion: Criterion, granularity: Pick<Granularity, 'id' | 'ranks'>): void {
  if (canRank(criterion, granularity)) return;
  const suitable = criteria.all.filter((entry) => canRank(entry, granularity)).map((entry) => entry.id);
  throw new CriterionGranularityError(criterion.id, granularity.id, suitable);
}

export interface ScoreInput {
  readonly network: NetworkSpecification;
  readonly parameters: Parameters;
  /** What is pruned already and stays pruned. */
  readonly masks: Masks;
  readonly criterion: Criterion;
  /** At least what the criterion needs. */
  readonly data: ScoringData;
  readonly random: Random;
}

/** What was scored. */
export type ScoredModel = Pick<ScoreInput, 'network' | 'parameters' | 'masks'>;

/**
 * What every granularity checks before it asks for scores.
 * @throws CriterionGranularityError, MissingScoringDataError
 */
export function checkScorable({ criterion, data }: ScoreInput, granularity: Pick<Granularity, 'id' | 'ranks'>): void {
  checkCanRank(criterion, granularity);
  checkScoringData(criterion, data);
}

/**
 * How much: a share of all elements, distributed by an allocation; or everything that scores at most λ. Layers that are
 * decided on (none when absent) lose what was chosen for them instead. Counts of units are rounded up to a multiple.
 */
export type Amount = { readonly layers?: LayerChoices; readonly multiple?: number } & (
  | { readonly kind: 'sparsity'; readonly sparsity: number; readonly allocation: Allocation }
  | { readonly kind: 'threshold'; readonly threshold: number }
);

/** The scores of one layer as the criterion gives them. */
export interface LayerScores {
  readonly layer: string;
  /** Of its kernel. */
  readonly shape: Shape;
  /** −Infinity for what is already pruned. */
  readonly scores: Float32Array;
  /** Null when scores are computed and not estimated. */
  readonly estimate: ShapleyValues | null;
}

/** A layer that keeps all it has, and why. */
export interface SkippedLayer {
  readonly layer: string;
  readonly reason: string;
}

/** The layers whose units are what the network puts out. */
export const skippedOutputs = (network: NetworkSpecification): SkippedLayer[] =>
  [...outputLayers(network)].map((layer) => ({ layer, reason: 'its units are outputs of the network' }));

interface AnyGranularity {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  /**
   * Whether the network has anything of what is removed; absent where every network has, or layers say more (`checkLayers`).
   * @throws NoSuchUnitsError
   */
  readonly check?: (network: NetworkSpecification) => void;
  /** The N:M that what it leaves holds; absent for all others. */
  readonly pattern?: string;
  /** Layers with weights that lose nothing at this granularity. */
  readonly skips: (model: ScoredModel) => SkippedLayer[];
  /**
   * Of every layer that can lose elements, in forward order: what is ranked by, before layers are made comparable.
   * @throws CriterionGranularityError, MissingScoringDataError, NoSuchUnitsError, NoRemovableLayerError
   */
  readonly saliency: (input: ScoreInput) => LayerScores[];
}

/** What no mask can leave out goes by surgery at once: `removeLayers`. */
export interface RemovingGranularity extends AnyGranularity {
  readonly ranks: 'layers';
}

/** What is removed is masked first and cut out in the end. */
export interface MaskingGranularity extends AnyGranularity {
  /** Whose scores it goes by. */
  readonly ranks: 'weights' | 'units';
  /**
   * One entry per layer that can lose elements.
   * @throws CriterionGranularityError, MissingScoringDataError, NoSuchUnitsError
   */
  readonly score: (input: ScoreInput) => AllocationLayer[];
  /**
   * For those that do not prune by one ranking: masks after pruning to an amount, with what was pruned before.
   * @throws what the amount cannot be
   */
  readonly prune?: (input: ScoreInput, amount: Amount) => Masks;
  /** The masks that keep exactly the given elements (1 keeps) of each layer of `score`, in its order. */
  readonly masksFor: (
    network: NetworkSpecification,
    kept: readonly { readonly name: string; readonly keep: Uint8Array }[],
  ) => Masks;
}

export type Granularity = MaskingGranularity | RemovingGranularity;

/** Whole layers, where what is removed is masked and nothing else. */
export class NoMaskForLayersError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(granularity: string, where: string) {
    super(
      `the granularity "${granularity}" cannot be used ${where}: no mask can leave out a whole layer`,
      'Use weight, neuron or unit here; whole layers go when a trained policy is pruned (`secateur prune`).',
    );
  }
}

/** @param where "while an agent learns". @throws NoMaskForLayersError */
export function masking(granularity: Granularity, where: string): MaskingGranularity {
  if (granularity.ranks === 'layers') throw new NoMaskForLayersError(granularity.id, where);
  return granularity;
}

/** An allocation that spreads an amount over the layers, where whole layers are in one ranking. */
export class NothingToSpreadError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(allocation: string, granularity: string) {
    super(
      `the allocation "${allocation}" has nothing to spread at the granularity "${granularity}", which ranks whole layers together`,
      `Use ${global.id}.`,
    );
  }
}

/** Whether the allocation means something: whole layers are in one ranking. */
export const canSpread = ({ id }: Pick<Allocation, 'id'>, { ranks }: Pick<Granularity, 'ranks'>): boolean =>
  ranks !== 'layers' || id === global.id;

/** @throws NothingToSpreadError */
export function checkSpreads(allocation: Allocation, granularity: Granularity): void {
  if (!canSpread(allocation, granularity)) throw new NothingToSpreadError(allocation.id, granularity.id);
}

/** 1 for the `count` best scores, among equals the first; never for −Infinity, whatever the count. */
export function keptIn({ size, scores }: Pick<AllocationLayer, 'size' | 'scores'>, count: number): Uint8Array {
  const keep = new Uint8Array(size);
  if (count === 0) return keep;
  const threshold = sortedScores(scores)[size - count]!;
  let ties = count;
  for (let i = 0; i < size; i++) if (scores[i]! > threshold) ties--;
  for (let i = 0; i < size; i++) {
    const score = scores[i]!;
    if (score > threshold || (score === threshold && score > -Infinity && ties-- > 0)) keep[i] = 1;
  }
  return keep;
}

function keptCounts(
  layers: readonly AllocationLayer[],
  amount: Amount,
  choices: readonly (LayerChoice | null)[],
  input: ScoredModel,
): number[] {
  const alive = (layer: AllocationLayer): number => {
    const mask = input.masks[layer.name] ?? input.masks[biasName(layer.name)];
    return mask?.reduce((count, keep) => count + keep, 0) ?? layer.size;
  };
  const chosen = layers.map((layer, l) => chosenCount(layer, choices[l]!, alive(layer)));
  switch (amount.kind) {
    case 'sparsity': {
      const told = amount.allocation.needs === 'magnitudes' ? withMagnitudes(layers, input.parameters) : layers;
      return chosen.every((count) => count === null)
        ? amount.allocation.keep(told, amount.sparsity)
        : keepAround({ ...amount, layers: told, chosen, choices });
    }
    case 'threshold':
      return layers.map((layer, l) => {
        if (chosen[l] !== null) return chosen[l]!;
        const above = layer.scores.reduce((count, score) => count + (score > amount.threshold ? 1 : 0), 0);
        return Math.max(above, Math.min(layer.minimum, layer.size));
      });
  }
}

/** What either prunes is pruned. */
function unite(masks: Masks, earlier: Masks): Masks {
  const united: Record<string, Uint8Array> = { ...earlier, ...masks };
  for (const [name, before] of Object.entries(earlier)) {
    united[name] = united[name]!.map((keep, i) => keep & before[i]!);
  }
  return united;
}

/**
 * Masks after pruning: the best-scored elements stay, and no layer is emptied. What was pruned stays pruned, whatever
 * the amount asks for and at whichever granularity it was pruned.
 * @throws CriterionGranularityError, MissingScoringDataError, and the errors of layer-choices.ts
 */
export function pruneTo(granularity: MaskingGranularity, input: ScoreInput, amount: Amount): Masks {
  return granularity.prune?.(input, amount) ?? pruneScored(granularity, input, granularity.score(input), amount);
}

/** The same with scores that are there already. @param layers what `granularity.score` answered to the input */
export function pruneScored(
  granularity: MaskingGranularity,
  input: ScoredModel,
  layers: readonly AllocationLayer[],
  amount: Amount,
): Masks {
  const choices = choicesFor(layers, amount.layers ?? {}, input.network);
  const { multiple = 1 } = amount;
  checkMultiple(multiple, granularity);
  const counts = keptCounts(layers, amount, choices, input).map((kept, l) => roundUp(kept, layers[l]!.size, multiple));
  const masks = granularity.masksFor(
    input.network,
    layers.map((layer, l) => ({
      name: layer.name,
      // A pattern N:M scores most of a layer −Infinity; a locked one keeps that too.
      keep: choices[l] === 'locked' ? new Uint8Array(layer.size).fill(1) : keptIn(layer, counts[l]!),
    })),
  );
  return unite(masks, input.masks);
}
