// When how much is pruned: a schedule is the finite list of its pruning events.

export interface ScheduleInput {
  /** Sparsity to reach, in [0, 1). */
  readonly target: number;
  /** Sparsity at the start: that of a model that is already pruned. */
  readonly initial: number;
  /** Updates available to the whole operation; recovery goes on after the last event. */
  readonly updates: number;
  /** How often the masks may change, for schedules that prune in steps. */
  readonly steps: number;
}

/** Before update number `update` (from 0), prune to `sparsity`. */
export interface PruningEvent {
  readonly update: number;
  readonly sparsity: number;
}

export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly formula: string;
  /** Events in order; the last reaches the target exactly. */
  readonly events: (input: ScheduleInput) => PruningEvent[];
}

/** Share of the updates in which gradual schedules prune; the rest heals the final network. */
export const PRUNING_SHARE = 0.6;
