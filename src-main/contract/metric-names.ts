// Names of metrics that mean the same in every run. A run may have others; whoever draws them knows only their name.

export const METRIC = {
  /** Of an episode of training, exploration included; by environment step. */
  trainingReturn: 'training return',
  /** Mean over validation episodes, with the ends of its 95 % interval. */
  validationReturn: 'validation return',
  validationReturnLow: 'validation return low',
  validationReturnHigh: 'validation return high',
  /** Share of the prunable weights that is gone. */
  sparsity: 'sparsity',
  /** Environment steps per second of computing. */
  throughput: 'steps per second',
  /** One point of each per trial of a search, in order: what was removed, and what that kept. */
  trialSparsity: 'trial sparsity',
  trialReturn: 'trial return',
  trialKept: 'trial return kept',
  /** 1 or 0. */
  trialAccepted: 'trial accepted',
} as const;
