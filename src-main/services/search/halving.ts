// Who goes on to the next rung, and which trial is the answer. Trials have two aims, a return and a cost, so that halving
// goes by Pareto fronts: the first front, then the front of what is left (non-dominated sorting, Deb et al. 2002).
import type { AutomaticTarget } from '../../contract/recipe.ts';
import { costOf, frontOf, type MeasuredTrial } from '../../contract/search.ts';

const gainOf = ({ outcome: { measured } }: MeasuredTrial): number => measured.meanReturn;

/** What the target allows: null where it asks for a return. */
export function allowanceOf(target: AutomaticTarget): number | null {
  switch (target.kind) {
    case 'return':
      return null;
    case 'bytes':
      return target.bytes;
    case 'latency':
      return target.microseconds;
  }
}

/** Whether a trial is what was asked for, by the validation episodes that it has played. */
export function reaches(trial: MeasuredTrial, target: AutomaticTarget): boolean {
  return target.kind === 'return'
    ? trial.outcome.measured.certainShare >= target.keep
    : costOf(trial, target.kind) <= allowanceOf(target)!;
}

/**
 * Negative when `a` is the better answer. Of trials that reach the target: the smaller one for a share of the return, the
 * one with the larger return for a budget. Of others: the one that comes closest.
 */
function compare(a: MeasuredTrial, b: MeasuredTrial, target: AutomaticTarget): number {
  const [reachesA, reachesB] = [reaches(a, target), reaches(b, target)];
  if (reachesA !== reachesB) return reachesA ? -1 : 1;
  const cheaper = costOf(a, target.kind) - costOf(b, target.kind) || 0;
  const poorer = gainOf(b) - gainOf(a);
  const surer = b.outcome.measured.certainShare - a.outcome.measured.certainShare;
  const byReturn = target.kind === 'return';
  const first = byReturn === reachesA ? cheaper : byReturn ? surer : poorer;
  return first || (byReturn === reachesA ? poorer : cheaper) || a.number - b.number;
}

/** The best answer among trials; null without any. */
export function choose(trials: readonly MeasuredTrial[], target: AutomaticTarget): MeasuredTrial | null {
  return trials.toSorted((a, b) => compare(a, b, target))[0] ?? null;
}

/** A place in the plane of cost and return, either in units of its spread. */
function placesOf(trials: readonly MeasuredTrial[], target: AutomaticTarget['kind']): [number, number][] {
  const scaled = (values: readonly number[]): number[] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
  };
  const costs = scaled(trials.map((trial) => Math.log(Math.max(1e-3, Math.min(1e15, costOf(trial, target))))));
  const gains = scaled(trials.map(gainOf));
  return costs.map((cost, i) => [cost, gains[i]!]);
}

/** A front with the best answer first and then always what is farthest from all before it (Schmucker et al. 2021). */
function spread(front: readonly MeasuredTrial[], target: AutomaticTarget): MeasuredTrial[] {
  const ranked = front.toSorted((a, b) => compare(a, b, target));
  const places = placesOf(ranked, target.kind);
  const nearest = new Array<number>(ranked.length).fill(Infinity);
  const order: number[] = [];
  let next = 0;
  while (order.length < ranked.length) {
    order.push(next);
    nearest[next] = -Infinity;
    places.forEach(([cost, gain], i) => {
      if (nearest[i]! > -Infinity) {
        nearest[i] = Math.min(nearest[i]!, Math.hypot(cost - places[next]![0], gain - places[next]![1]));
      }
    });
    next = nearest.indexOf(Math.max(...nearest));
  }
  return order.map((i) => ranked[i]!);
}

/** All trials, front by front. */
function byFronts(trials: readonly MeasuredTrial[], target: AutomaticTarget): MeasuredTrial[] {
  let rest = [...trials];
  const order: MeasuredTrial[] = [];
  while (rest.length > 0) {
    const front = frontOf(rest, target.kind);
    order.push(...spread(front, target));
    rest = rest.filter((trial) => !front.includes(trial));
  }
  return order;
}

/** A share of what was asked for below which longer healing is no hope, as long as others keep more. */
const WITHIN_REACH = 0.5;

/** Whether healing longer may do: it changes the return and hardly the cost. */
function isHopeful(trial: MeasuredTrial, target: AutomaticTarget): boolean {
  return target.kind === 'return'
    ? trial.outcome.measured.keptShare >= WITHIN_REACH * target.keep
    : reaches(trial, target);
}

/** The trials that go on: those that may become the answer come before all others, either by fronts. */
export function promote(trials: readonly MeasuredTrial[], target: AutomaticTarget, count: number): MeasuredTrial[] {
  const hopeful = trials.filter((trial) => isHopeful(trial, target));
  const others = trials.filter((trial) => !hopeful.includes(trial));
  // What does not fit a budget does so the sooner the less it costs, whatever it plays.
  const rest = target.kind === 'return' ? byFronts(others, target) : others.toSorted((a, b) => compare(a, b, target));
  return [...byFronts(hopeful, target), ...rest].slice(0, count);
}
