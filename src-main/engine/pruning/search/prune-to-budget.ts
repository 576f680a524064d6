// The search for what fits: the largest network within a budget, healed as well as can be.
import type { BudgetReport, PruningTrial } from '../../../contract/prune-report.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { placeNetwork } from '../../networks/shapes.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { anyObservation } from '../experience.ts';
import type { Granularity } from '../granularity/granularity.ts';
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { compact } from '../surgery/compact.ts';
import { costOf, describeCost, fitsWell, measureBudget, type BudgetTarget, type MeasureBudget } from './budget.ts';
import { cutDown } from './ladder.ts';
import { holdRung, leftAt, type RungOutcome } from './rung.ts';
import { searchGround, type SearchGround } from './search-ground.ts';

/** Even the smallest network that pruning can make costs more. */
export class BudgetUnreachableError extends SecateurError {
  readonly kind = 'failed';

  constructor(smallest: BudgetReport, granularity: string) {
    const { kind, allowed } = smallest;
    const least = describeCost(kind, costOf(smallest));
    super(
      `no network fits into ${describeCost(kind, allowed)}: the smallest that pruning by ${granularity} makes takes ${least}`,
      `Allow at least ${least}${kind === 'latency' ? ', or measure while the machine does nothing else' : ''}.`,
    );
  }
}

/** Share of the return at which a rung on the way counts as healed. */
const KEEP_ON_THE_WAY = 0.95;
/** The same for the network that is the result: the best return is wanted, so all means are tried until it is near. */
const KEEP_AT_LAST = 0.99;
/** Sizes closer than this share need not be told apart for a latency: a clock could not. */
const LATENCY_RESOLUTION = 0.02;
/** A network that fitted when it was cut and does not when it is healed (only a clock does that) is cut again, smaller. */
const MOST_CUTS = 3;
const SMALLER = 0.9;

interface Candidate {
  readonly pruned: PolicyModel;
  readonly budget: BudgetReport;
  readonly keptShare: number;
}

function better(one: Candidate | null, other: Candidate): Candidate {
  if (one === null || (other.budget.met && !one.budget.met)) return other;
  if (one.budget.met && !other.budget.met) return one;
  return other.keptShare > one.keptShare ? other : one;
}

interface BudgetSearch extends SearchGround {
  readonly granularity: Granularity;
  readonly fewest: number;
  /** What the network costs when it is cut down to `left` elements. */
  readonly costAt: (from: PolicyModel, left: number, criterion: Criterion) => BudgetReport;
  /** Closer than this share of each other, two sizes need not be told apart. */
  readonly resolution: number;
  /** All so far. */
  readonly trials: PruningTrial[];
}

function hold(
  search: BudgetSearch,
  attempt: { readonly from: PolicyModel; readonly left: number; readonly criterion: Criterion; readonly keep: number },
): Promise<RungOutcome> {
  const { left, criterion, ...rung } = attempt;
  const ladder = { ...search.ladder, criteria: [criterion] };
  return holdRung({ ...search, ...rung, ladder, sparsity: 1 - left / search.total });
}

/** By bisection; null when the person asked to stop. */
async function largestFitting(search: BudgetSearch, from: PolicyModel, criterion: Criterion): Promise<number | null> {
  let fitting = search.fewest;
  let tooLarge = search.ladder.size(from);
  while (tooLarge - fitting > Math.max(1, search.resolution * tooLarge)) {
    const middle = Math.floor((fitting + tooLarge) / 2);
    if (fitsWell(search.costAt(from, middle, criterion))) fitting = middle;
    else tooLarge = middle;
    if (await search.recovery.context.breathe()) return null;
  }
  return fitting;
}

/** Down to where the next rung would fit. @returns the last network that is still too large, healed */
async function descend(search: BudgetSearch): Promise<{ current: PolicyModel; stopped: boolean }> {
  const { ladder, total, fewest, costAt, trials, recovery } = search;
  const criterion = ladder.criteria[0]!;
  let current = search.parent;
  for (const sparsity of ladder.sparsities) {
    const left = leftAt(sparsity, total);
    if (left <= fewest) break;
    if (left >= ladder.size(current)) continue;
    if (fitsWell(costAt(current, left, criterion))) break;
    const outcome = await hold(search, { from: current, left, criterion, keep: KEEP_ON_THE_WAY });
    trials.push(...outcome.trials);
    if (outcome.result?.stopped === true) return { current, stopped: true };
    current = outcome.best;
    if (await recovery.context.breathe()) return { current, stopped: true };
  }
  return { current, stopped: false };
}

/** The largest that fits by every ranking in turn, until one keeps nearly all of the return. */
async function healWithin(
  search: BudgetSearch,
  from: PolicyModel,
  measure: MeasureBudget,
): Promise<{ chosen: Candidate | null; stopped: boolean }> {
  const { ladder, fewest, restore, trials } = search;
  let chosen: Candidate | null = null;
  for (const criterion of ladder.criteria) {
    let left = await largestFitting(search, from, criterion);
    for (let cuts = 1; cuts <= MOST_CUTS && left !== null; cuts++) {
      const { result, best, trials: tried } = await hold(search, { from, left, criterion, keep: KEEP_AT_LAST });
      trials.push(...tried);
      if (result?.stopped === true) return { chosen, stopped: true };
      const pruned = restore(best);
      const budget = measure(compact(pruned));
      chosen = better(chosen, { pruned, budget, keptShare: tried[0]!.keptShare });
      if (budget.met && result !== null) return { chosen, stopped: false };
      if (budget.met) break;
      left = Math.max(fewest, Math.floor(SMALLER * left));
    }
    if (left === null) return { chosen, stopped: true };
  }
  return { chosen, stopped: false };
}

/**
 * Down the rungs of the ladder as long as a cut to the next does not fit yet, healing at each. From there the largest
 * network that fits is found from cuts alone: healing moves weights, and changes neither a file's size nor the work of
 * an inference. It is healed with all there is; the attempt that keeps most is the result, whatever that is.
 * @throws NoLadderError, BudgetUnreachableError
 */
export async function pruneToBudget(input: PruningInput, target: BudgetTarget): Promise<PruningOutcome> {
  const { dense, experience, granularity, backend, random, context } = input;
  const { inputSize } = placeNetwork(dense.description.network);
  const measure = measureBudget({ target, observation: anyObservation(experience, inputSize), backend, context });
  const asItIs = measure(compact(dense));
  if (asItIs.met) return { pruned: dense, trials: [], budget: asItIs, stopped: false };

  const ground = searchGround(input);
  const { ladder, parent, restore, observations } = ground;
  const search: BudgetSearch = {
    ...ground,
    granularity,
    fewest: ladder.fewest(parent),
    costAt: (model, left, criterion) => {
      const cut = cutDown({
        model,
        dense: parent,
        ladder,
        granularity,
        criterion,
        left,
        backend,
        observations,
        random,
      });
      return measure(compact(restore(cut)));
    },
    resolution: target.kind === 'latency' ? LATENCY_RESOLUTION : 0,
    trials: [],
  };
  const smallest = search.costAt(parent, search.fewest, ladder.criteria[0]!);
  if (!smallest.met) throw new BudgetUnreachableError(smallest, granularity.id);

  const { current, stopped } = await descend(search);
  const healed = stopped ? { chosen: null, stopped } : await healWithin(search, current, measure);
  const pruned = healed.chosen?.pruned ?? restore(current);
  const budget = healed.chosen?.budget ?? measure(compact(pruned));
  return { pruned, trials: search.trials, budget, stopped: healed.stopped };
}
