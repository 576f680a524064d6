// Structure first, then single weights: what is left of units that matter can still lose most of its connections.
import { SecateurError } from '../../../contract/secateur-error.ts';
import { applyMasks, type Masks } from '../../networks/parameters.ts';
import { biasName, sizeOf } from '../../networks/shapes.ts';
import { global } from '../allocation/global.ts';
import { lamp } from '../criteria/lamp.ts';
import { NO_DATA } from '../scoring-data.ts';
import { prunableKernels, unitGroups } from '../units.ts';
import { pruneScored, pruneTo, type Amount, type MaskingGranularity, type ScoreInput } from './granularity.ts';
import { unit } from './unit.ts';
import { weight } from './weight.ts';

/** An amount that cannot be divided between units and weights. */
export class HybridAmountError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(what: string) {
    super(
      `the granularity "hybrid" cannot be given ${what}`,
      'Give it a sparsity, a share of all weights; or use the granularity unit or weight.',
    );
  }
}

/** @throws HybridAmountError */
export function checkDivides<A extends Pick<Amount, 'kind'>>(
  amount: A,
): asserts amount is Extract<A, { kind: 'sparsity' }> {
  if (amount.kind === 'threshold') throw new HybridAmountError('a threshold, which means units or weights, not both');
}

/** Weights, pruned ones included, between the units that the masks keep. */
function weightsBetween({ network }: ScoreInput, masks: Masks): number {
  const kept = unitGroups(network).flatMap(({ layer }) => {
    const keep = masks[biasName(layer)];
    return keep === undefined ? [] : [{ name: layer, keep }];
  });
  const ofUnits = unit.masksFor(network, kept);
  return prunableKernels(network).reduce(
    (sum, { name, shape }) => sum + (ofUnits[name]?.reduce((count, keep) => count + keep, 0) ?? sizeOf(shape)),
    0,
  );
}

/**
 * A sparsity S is a share of all weights. As many units go as leave a share of √(1 − S) between them, so that either
 * stage divides what is left by the same; they are ranked by the criterion and spread by the allocation. Of what they
 * leave, LAMP decides over all layers at once.
 */
function pruneInTwo(input: ScoreInput, amount: Amount): Masks {
  checkDivides(amount);
  if (Object.keys(amount.layers ?? {}).length > 0) throw new HybridAmountError('amounts for single layers');
  const layers = unit.score(input);
  const units = layers.reduce((sum, { size }) => sum + size, 0);
  const without = (removed: number): Masks =>
    pruneScored(unit, input, layers, { ...amount, sparsity: removed / units });
  const enough = weightsBetween(input, {}) * Math.sqrt(1 - amount.sparsity);
  // By bisection: the most units whose removal leaves enough weights.
  let [most, tooMany] = [0, units];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (weightsBetween(input, without(middle)) >= enough) most = middle;
    else tooMany = middle;
  }
  const masks = without(most);
  const rest = { ...input, parameters: applyMasks(input.parameters, masks), masks, criterion: lamp, data: NO_DATA };
  return pruneTo(weight, rest, { kind: 'sparsity', sparsity: amount.sparsity, allocation: global });
}

export const hybrid: MaskingGranularity = {
  ...unit,
  id: 'hybrid',
  name: 'Units, then weights',
  explanation:
    'Whole neurons and channels first, ranked by the criterion, then single weights of what is left, by LAMP; an amount is of weights.',
  prune: pruneInTwo,
};
