// Layers that a person decided on: what they leave of the total is for the allocation to spread over the others.
import type { LayerChoice, LayerChoices } from '../../../contract/recipe.ts';
import type { NetworkSpecification } from '../../../contract/network.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { allLayers, kernelName, placeNetwork } from '../../networks/shapes.ts';
import { UnknownNameError } from '../../registry.ts';
import { clampKept, keptCount, layerOf, type Allocation, type AllocationLayer } from './allocation.ts';

/** An amount for a layer that has nothing of what is removed. */
export class NothingToPruneError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(layer: string, suitable: readonly string[]) {
    super(
      `the layer "${layer}" has nothing that this granularity removes`,
      `Give amounts for ${suitable.join(', ')} only, or choose another granularity.`,
    );
  }
}

const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;

/** The total that is asked for cannot be had together with what is asked of single layers. */
export class LayerAmountsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(input: {
    readonly choices: readonly (readonly [layer: string, choice: LayerChoice])[];
    readonly asked: number;
    readonly least: number;
    readonly most: number;
  }) {
    const { choices, asked, least, most } = input;
    const said = choices.map(([layer, choice]) =>
      choice === 'locked' ? `${layer} locked` : `${percent(choice.sparsity)} of ${layer} removed`,
    );
    const names = choices.flatMap(([layer, choice]) => (asked > most || choice !== 'locked' ? [layer] : [])).join(', ');
    super(
      asked > most
        ? `${percent(asked)} of all cannot go with ${said.join(' and ')}: at most ${percent(most)} can`
        : `with ${said.join(' and ')}, at least ${percent(least)} of all go, more than the ${percent(asked)} asked for`,
      asked > most
        ? `Ask for no more than ${percent(Math.floor(1e4 * most) / 1e4)}, or let more of ${names} go.`
        : `Ask for ${percent(Math.ceil(1e4 * least) / 1e4)} or more, or let less of ${names} go.`,
    );
  }
}

/**
 * The choice for each of the granularity's layers, null where the allocation decides. A layer that has nothing to lose
 * may be locked all the same.
 * @throws UnknownNameError, NothingToPruneError
 */
export function choicesFor(
  layers: readonly AllocationLayer[],
  choices: LayerChoices,
  network: NetworkSpecification,
): (LayerChoice | null)[] {
  const known = allLayers(placeNetwork(network))
    .filter(({ layer }) => layer.kind === 'dense' || layer.kind === 'conv2d')
    .map(({ layer }) => layer.name);
  // Weights are pruned by the kernel, units by the layer.
  const indexOf = (name: string): number =>
    layers.findIndex((layer) => layer.name === name || layer.name === kernelName(name));
  const chosen = new Array<LayerChoice | null>(layers.length).fill(null);
  for (const [name, choice] of Object.entries(choices)) {
    if (!known.includes(name)) throw new UnknownNameError('layer', name, known);
    const index = indexOf(name);
    if (index >= 0) chosen[index] = choice;
    else if (choice !== 'locked') {
      throw new NothingToPruneError(
        name,
        known.filter((candidate) => indexOf(candidate) >= 0),
      );
    }
  }
  return chosen;
}

/** How many elements a layer keeps that is decided on; null for one that is not. @param alive what it has left now */
export function chosenCount(layer: AllocationLayer, choice: LayerChoice | null, alive: number): number | null {
  if (choice === null) return null;
  return choice === 'locked' ? alive : clampKept(layer, keptCount(layer.size, choice.sparsity));
}

/**
 * How many elements each layer keeps when some are decided on: the allocation spreads what is left of the total.
 * @param chosen what the layers keep that are decided on, null for the others
 * @param choices for the error, in the order of the layers
 * @throws LayerAmountsError when more or less would be left to spread than the other layers have
 */
export function keepAround(input: {
  readonly layers: readonly AllocationLayer[];
  readonly chosen: readonly (number | null)[];
  readonly choices: readonly (LayerChoice | null)[];
  readonly sparsity: number;
  readonly allocation: Allocation;
}): number[] {
  const { layers, chosen, choices, sparsity, allocation } = input;
  const sum = (counts: readonly (number | null)[]): number => counts.reduce<number>((total, n) => total + (n ?? 0), 0);
  const free = layers.filter((_, l) => chosen[l] === null);
  const size = sum(layers.map((layer) => layer.size));
  const freeSize = sum(free.map((layer) => layer.size));
  const fewest = sum(free.map((layer) => clampKept(layer, 0)));
  const rest = keptCount(size, sparsity) - sum(chosen);
  // Every layer rounds to whole elements, so the total may be off by as many.
  if (rest < fewest - layers.length || rest > freeSize + layers.length) {
    const removed = (kept: number): number => (size - sum(chosen) - kept) / size;
    throw new LayerAmountsError({
      choices: layers.flatMap((layer, l) => {
        const choice = choices[l] ?? null;
        return choice === null ? [] : [[layerOf(layer), choice] as const];
      }),
      asked: sparsity,
      least: removed(freeSize),
      most: removed(fewest),
    });
  }
  const left = Math.min(freeSize, Math.max(fewest, rest));
  const spread = free.length === 0 ? [] : allocation.keep(free, 1 - left / freeSize);
  return chosen.map((count) => count ?? spread.shift()!);
}
