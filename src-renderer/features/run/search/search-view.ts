// What of a search's trials is shown: the furthest rung, its front, and the one that was chosen.
import type { AutomaticTarget } from '../../../../src-main/contract/recipe.ts';
import {
  isMeasured,
  frontOf,
  type MeasuredTrial,
  type SearchReport,
  type SearchTrial,
  type TrialKey,
} from '../../../../src-main/contract/search.ts';

export type TrialMark = 'chosen' | 'front' | null;

export interface SearchView {
  /** The furthest rung first, then by number. */
  readonly rows: readonly { readonly trial: SearchTrial; readonly mark: TrialMark }[];
  readonly earlier: readonly MeasuredTrial[];
  readonly furthest: readonly MeasuredTrial[];
  readonly front: readonly MeasuredTrial[];
  readonly chosen: MeasuredTrial | null;
}

const is = (one: TrialKey, other: TrialKey): boolean => one.rung === other.rung && one.number === other.number;

/** @param report null as long as the search goes on: then the front is of what there is so far */
export function viewOf(
  trials: readonly SearchTrial[],
  target: AutomaticTarget['kind'],
  report: SearchReport | null,
): SearchView {
  const measured = trials.filter(isMeasured);
  const last = Math.max(-1, ...measured.map(({ rung }) => rung));
  const furthest = measured.filter(({ rung }) => rung === last);
  const front =
    report === null
      ? frontOf(furthest, target)
      : measured.filter((trial) => report.front.some((key) => is(key, trial)));
  const chosen = report === null ? null : (measured.find((trial) => is(report.chosen, trial)) ?? null);
  const markOf = (trial: SearchTrial): TrialMark => {
    if (chosen !== null && is(chosen, trial)) return 'chosen';
    return front.some((one) => is(one, trial)) ? 'front' : null;
  };
  return {
    rows: trials
      .toSorted((a, b) => b.rung - a.rung || a.number - b.number)
      .map((trial) => ({ trial, mark: markOf(trial) })),
    earlier: measured.filter(({ rung }) => rung !== last),
    furthest,
    front,
    chosen,
  };
}
