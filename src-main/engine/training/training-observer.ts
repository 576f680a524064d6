// Who watches a training run: metrics, plots and early stops, outside of every algorithm.
import type { UpdateMetrics } from '../agents/agent.ts';

export interface TrainingProgress {
  /** Environment steps taken, over all environments. */
  readonly step: number;
  readonly totalSteps: number;
  /** Updates done: the number of the next one, from 0. */
  readonly update: number;
}

/** An episode of training that ended. */
export interface EpisodeReport {
  /** From 0, in the order in which they began. */
  readonly episode: number;
  readonly seed: number;
  /** Sum of its rewards, undiscounted. */
  readonly episodeReturn: number;
  /** Steps. */
  readonly episodeLength: number;
  /** Whether the time limit ended it. */
  readonly truncated: boolean;
}

/** `false` stops the run after what is happening now; the loop can still go on or be saved. */
export type Verdict = false | undefined;

export interface TrainingObserver {
  /** After a step of all environments. */
  onStep?(progress: TrainingProgress): Verdict;
  onEpisode?(episode: EpisodeReport, progress: TrainingProgress): Verdict;
  onUpdate?(metrics: UpdateMetrics, progress: TrainingProgress): Verdict;
}
