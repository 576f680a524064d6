// What every amount would leave of a network, before anything is played: masks or fewer layers, surgery, and a short look
// at the clock.
import { ESTIMATED_SPARSITIES, type EstimateReport, type PruningEstimate } from '../../contract/estimate.ts';
import type { LayerChoices } from '../../contract/recipe.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { instantiateModel } from '../evaluation/measure-model.ts';
import { writeModel } from '../formats/safetensors/model-file.ts';
import { countNetwork } from '../networks/counting.ts';
import type { PolicyModel } from '../networks/model.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import type { Allocation } from './allocation/allocation.ts';
import { LayerAmountsError } from './allocation/layer-choices.ts';
import { withMagnitudes } from './allocation/magnitudes.ts';
import { allocations } from './allocation/registry.ts';
import type { Criterion } from './criteria/criterion.ts';
import { criteria } from './criteria/registry.ts';
import { checkMultiple } from './allocation/multiples.ts';
import {
  canRank,
  checkCanRank,
  checkSpreads,
  pruneScored,
  type Granularity,
  type MaskingGranularity,
  type RemovingGranularity,
} from './granularity/granularity.ts';
import { countHiddenLayers } from './hidden-layers.ts';
import { lockedOf } from './manual-amounts.ts';
import { withoutLargest } from './remove-layers.ts';
import { NO_DATA } from './scoring-data.ts';
import { compactAt } from './surgery/compact-at.ts';

/** A choice that looks at the policy at work, where nothing is played. */
export class EstimateNeedsPlayError extends SecateurError {
  readonly kind = 'unsupported';

  constructor(what: 'criterion' | 'allocation', id: string, suitable: readonly string[]) {
    super(
      `the ${what} "${id}" looks at the policy at work, and an estimate plays nothing`,
      `Estimate with ${suitable.join(', ')} instead: amounts are much the same.`,
    );
  }
}

/** Multiply-accumulates between two looks at the clock: a fraction of a millisecond. */
const MACS_PER_ROUND = 4_000_000;
const MOST_CALLS = 4000;
const WARM_UP_ROUNDS = 2;
const ROUNDS = 7;

/** The median over a few rounds of as many calls as the network's size says: work is counted, not timed. */
function estimateMicroseconds(
  run: () => void,
  { macs, now }: { readonly macs: number; readonly now: () => number },
): number {
  const calls = Math.min(MOST_CALLS, Math.max(1, Math.ceil(MACS_PER_ROUND / macs)));
  const rounds = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, () => {
    const start = now();
    for (let call = 0; call < calls; call++) run();
    return (1000 * (now() - start)) / calls;
  });
  const counted = rounds.slice(WARM_UP_ROUNDS).sort((a, b) => a - b);
  return counted[(ROUNDS - 1) / 2]!;
}

interface EstimateInput {
  /** The policy alone (`policyOnly`). */
  readonly model: PolicyModel;
  readonly granularity: Granularity;
  readonly criterion: Criterion;
  readonly allocation: Allocation;
  readonly layers: LayerChoices;
  readonly multiple: number;
  readonly backend: Backend;
  readonly random: Random;
  readonly context: RunContext;
}

function estimateOf(
  pruned: PolicyModel,
  sparsity: number,
  observation: Float32Array,
  input: EstimateInput,
): PruningEstimate {
  const { backend, context } = input;
  const compacted = compactAt(pruned, input.granularity);
  const { description, parameters, masks } = compacted;
  const count = countNetwork(description.network, parameters, masks);
  const instance = instantiateModel(backend, compacted, 1);
  const run = (): void => {
    instance.forward(observation, 1);
  };
  const estimatedMicroseconds = estimateMicroseconds(run, { macs: count.macs, now: () => context.now() });
  instance.dispose();
  return {
    sparsity,
    layers: count.layers.map(({ name, nonzeroWeights, units }) => ({
      layer: name,
      estimatedWeights: nonzeroWeights,
      estimatedUnits: units,
    })),
    estimatedWeights: count.nonzeroWeights,
    estimatedUnits: count.hiddenUnits,
    estimatedMacs: count.macs,
    estimatedBytes: writeModel(compacted).length,
    estimatedMicroseconds,
  };
}

/** @throws EstimateNeedsPlayError */
function checkPlaysNothing({ criterion, allocation, granularity }: EstimateInput): void {
  if (criterion.needs !== 'nothing') {
    const suitable = criteria.all.filter((entry) => entry.needs === 'nothing' && canRank(entry, granularity));
    throw new EstimateNeedsPlayError(
      'criterion',
      criterion.id,
      suitable.map(({ id }) => id),
    );
  }
  if (allocation.needs === 'sensitivity') {
    const suitable = allocations.all.filter(({ needs }) => needs !== 'sensitivity');
    throw new EstimateNeedsPlayError(
      'allocation',
      allocation.id,
      suitable.map(({ id }) => id),
    );
  }
}

/** An amount, and the network that it would leave. */
interface Step {
  readonly sparsity: number;
  /** @throws LayerAmountsError */
  readonly leave: () => PolicyModel;
}

/** Scores and magnitudes are the same for every amount. @throws the errors of `score`, EstimateNeedsPlayError */
function maskingSteps(input: EstimateInput, granularity: MaskingGranularity): Step[] {
  checkPlaysNothing(input);
  const { model, criterion, allocation, layers, multiple, random } = input;
  const { description, parameters, masks } = model;
  const scored = { network: description.network, parameters, masks, criterion, data: NO_DATA, random };
  const scores = withMagnitudes(granularity.score(scored), parameters);
  return ESTIMATED_SPARSITIES.map((sparsity) => ({
    sparsity,
    leave: () => {
      const amount = { kind: 'sparsity', sparsity, allocation, layers, multiple } as const;
      return {
        ...model,
        masks: granularity.prune?.(scored, amount) ?? pruneScored(granularity, scored, scores, amount),
      };
    },
  }));
}

/**
 * One for every layer that can go, the largest first: which ones do is known when the policy has decided without them.
 * @throws CriterionGranularityError, NothingToSpreadError, MultipleOfWeightsError, and the errors of remove-layers.ts
 */
function removingSteps(input: EstimateInput, granularity: RemovingGranularity): Step[] {
  const { model, criterion, allocation, layers, multiple } = input;
  checkCanRank(criterion, granularity);
  checkSpreads(allocation, granularity);
  checkMultiple(multiple, granularity);
  const locked = lockedOf(model, { layers });
  const hidden = countHiddenLayers(model.description.network);
  const steps: Step[] = [];
  for (let left: PolicyModel | null = model; left !== null; left = withoutLargest(left, locked)) {
    const network = left;
    steps.push({ sparsity: steps.length / hidden, leave: () => network });
  }
  return steps;
}

/**
 * Estimates for a ladder of sparsities. Another criterion leaves other elements and so perhaps other units; recovery
 * changes neither. Times are taken on one made-up observation.
 * @throws EstimateNeedsPlayError, CriterionGranularityError, UnknownNameError, NothingToPruneError,
 * MultipleOfWeightsError, NothingToSpreadError, and the errors of remove-layers.ts
 */
export async function estimatePruning(input: EstimateInput): Promise<EstimateReport> {
  const { model, granularity, criterion, allocation, random, context } = input;
  const steps = granularity.ranks === 'layers' ? removingSteps(input, granularity) : maskingSteps(input, granularity);
  const inputSize = placeNetwork(model.description.network).inputSize;
  const observation = Float32Array.from({ length: inputSize }, () => random.normal());
  const dense = estimateOf(model, 0, observation, input);
  const estimates: PruningEstimate[] = [];
  const impossible: EstimateReport['impossible'][number][] = [];
  let stopped = false;
  for (const [done, { sparsity, leave }] of steps.entries()) {
    stopped = await context.breathe();
    if (stopped) break;
    context.progress({ stage: 'estimating', done, total: steps.length, unit: 'amounts' });
    try {
      estimates.push(estimateOf(leave(), sparsity, observation, input));
    } catch (error) {
      if (!(error instanceof LayerAmountsError)) throw error;
      impossible.push({ sparsity, message: error.message, hint: error.hint });
    }
  }
  const choices = { granularity: granularity.id, criterion: criterion.id, allocation: allocation.id };
  const { description, parameters, masks } = model;
  const skipped = granularity.skips({ network: description.network, parameters, masks });
  return { ...choices, dense, estimates, impossible, skipped, stopped };
}
