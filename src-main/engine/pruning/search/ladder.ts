// The rungs of the automatic search, and how one network is cut down to a rung.
import type { PolicyModel } from '../../networks/model.ts';
import { countNetwork } from '../../networks/counting.ts';
import type { Backend } from '../../numerics/backend.ts';
import type { Random } from '../../random/random.ts';
import { activationStatistics } from '../activation-statistics.ts';
import { global } from '../allocation/global.ts';
import { clampKept, type Allocation } from '../allocation/allocation.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { activity } from '../criteria/activity.ts';
import { lamp } from '../criteria/lamp.ts';
import { normProduct } from '../criteria/norm-product.ts';
import { bypass } from '../criteria/bypass.ts';
import { perturbed } from '../criteria/perturbed.ts';
import { wandaLamp } from '../criteria/wanda-lamp.ts';
import { pruneTo, type Granularity } from '../granularity/granularity.ts';
import { groupsOf } from '../granularity/whole-units.ts';
import { countHiddenLayers, hiddenLayers } from '../hidden-layers.ts';
import { removeLayers } from '../remove-layers.ts';
import { NO_DATA } from '../scoring-data.ts';
import { balanceBiases } from '../surgery/balance-biases.ts';
import { compact } from '../surgery/compact.ts';
import type { UnitGroup } from '../units.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';

/** Sparsities in the order in which they are tried: wide steps where nothing is at stake, narrow ones near the end. */
export interface Ladder {
  readonly sparsities: readonly number[];
  /** Tried in turn at a rung that does not hold. */
  readonly criteria: readonly Criterion[];
  /** What the rungs count. */
  readonly size: (model: PolicyModel) => number;
  /** Below this there is no network left. */
  readonly fewest: (model: PolicyModel) => number;
  readonly allocation: Allocation;
}

/** Of the scores' factor e^(z·noise) at the last attempt, when two honest rankings have failed. */
const LAST_ATTEMPT_NOISE = 0.3;

/** Every layer keeps as many units as any other, as far as it has them; an odd one stays with the later layer. */
export const evenly: Allocation = {
  id: 'evenly',
  name: 'Evenly',
  explanation: 'Every layer keeps the same number of units.',
  formula: 'n_l = N / L',
  needs: 'nothing',
  keep: (layers, sparsity) => {
    let left = Math.round((1 - sparsity) * layers.reduce((sum, layer) => sum + layer.size, 0));
    const kept = new Array<number>(layers.length).fill(0);
    const smallestFirst = layers.map((layer, l) => ({ layer, l })).sort((a, b) => a.layer.size - b.layer.size);
    // What a small layer does not have, the larger ones share.
    smallestFirst.forEach(({ layer, l }, i) => {
      kept[l] = clampKept(layer, Math.floor(left / (layers.length - i)));
      left -= kept[l];
    });
    return kept;
  },
};

const counted = (model: PolicyModel): ReturnType<typeof countNetwork> =>
  countNetwork(model.description.network, model.parameters, model.masks);

const LADDERS: Readonly<Record<string, Ladder>> = {
  weight: {
    sparsities: [
      0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.997, 0.998, 0.999, 0.9995, 0.9998, 0.9999,
    ],
    criteria: [wandaLamp, lamp, perturbed(wandaLamp, LAST_ATTEMPT_NOISE)],
    size: (model) => counted(model).nonzeroWeights,
    fewest: () => 1,
    allocation: global,
  },
  neuron: unitLadder(['neuron']),
  channel: unitLadder(['channel']),
  unit: unitLadder(['neuron', 'channel']),
  layer: {
    // One layer at a time, as far as networks here are deep.
    sparsities: [0.1, 0.2, 0.25, 0.34, 0.5, 0.67, 0.75, 0.8, 0.9],
    criteria: [bypass],
    size: ({ description }) => countHiddenLayers(description.network),
    fewest: ({ description: { network }, ...model }) =>
      Math.max(1, hiddenLayers({ ...model, network }).filter(({ obstacle }) => obstacle !== null).length),
    allocation: global,
  },
};

function unitLadder(kinds: readonly UnitGroup['kind'][]): Ladder {
  const groups = (model: PolicyModel): UnitGroup[] => groupsOf(model.description.network, kinds);
  return {
    sparsities: [0.25, 0.5, 0.75, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99],
    criteria: [activity, normProduct, perturbed(activity, LAST_ATTEMPT_NOISE)],
    size: (model) => groups(model).reduce((sum, { units }) => sum + units, 0),
    // Every layer keeps a unit.
    fewest: (model) => groups(model).length,
    allocation: evenly,
  };
}

/** A granularity that the automatic search has no ladder for. */
export class NoLadderError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(granularity: string) {
    super(
      `automatic pruning has no search for the granularity "${granularity}"`,
      `Use ${Object.keys(LADDERS).join(' or ')}, or prune by hand.`,
    );
  }
}

export const hasLadder = (granularity: string): boolean => LADDERS[granularity] !== undefined;

/** @throws NoLadderError */
export function ladderOf(granularity: Granularity): Ladder {
  const ladder = LADDERS[granularity.id];
  if (ladder === undefined) throw new NoLadderError(granularity.id);
  return ladder;
}

/**
 * The model cut down to `left` elements and compacted: removed units are replaced by their mean, removed layers by their
 * best linear stand-in, the rest is as it was.
 * @param dense whose decisions count
 * @param observations states the criterion looks at, [states, inputSize]
 */
export function cutDown(input: {
  readonly model: PolicyModel;
  readonly dense: PolicyModel;
  readonly ladder: Ladder;
  readonly granularity: Granularity;
  readonly criterion: Criterion;
  /** Elements to keep, of those that `ladder.size` counts. */
  readonly left: number;
  readonly backend: Backend;
  readonly observations: Float32Array;
  readonly random: Random;
}): PolicyModel {
  const { model, ladder, granularity, criterion, left, backend, observations, random } = input;
  if (granularity.ranks === 'layers') {
    return removeLayers({ ...input, locked: new Set() }, { kind: 'left', left }).model;
  }
  const { network } = model.description;
  const activations = activationStatistics({ model, backend, observations });
  const data = { ...NO_DATA, activations };
  const scored = { network, parameters: model.parameters, masks: model.masks, criterion, data, random };
  const elements = granularity.score(scored).reduce((sum, layer) => sum + layer.size, 0);
  const amount = { kind: 'sparsity', sparsity: 1 - left / elements, allocation: ladder.allocation } as const;
  const masks = pruneTo(granularity, scored, amount);
  return compact({ ...balanceBiases(model, masks, activations), masks });
}
