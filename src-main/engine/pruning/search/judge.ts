// What decides whether a pruned policy is good enough: by the return where it can be played, by agreement where not.
import type { PolicyModel } from '../../networks/model.ts';

export interface Verdict {
  /** Mean return on validation episodes; null where nothing was played. */
  readonly meanReturn: number | null;
  /** Of what the dense policy has, its return or itself: what is reported. */
  readonly keptShare: number;
  /** What is decided by: less a margin for the luck of these episodes or states. */
  readonly certainShare: number;
}

export interface Judge {
  /** Share kept on a first few episodes or states: cheap, and optimistic when it is chosen by. */
  quickShare(model: PolicyModel): number;
  /** On all of validation, with the margin. */
  judge(model: PolicyModel): Verdict;
  /** What the last choice goes by, the larger the better: more than validation, as far as there is more. */
  score(model: PolicyModel): number;
  /**
   * Whether `keep` is kept in fresh episodes as well: what is chosen as the best of many looks is lucky in those it was
   * chosen by. Always so where nothing is left that was not looked at.
   */
  confirms(model: PolicyModel, keep: number): boolean;
}
