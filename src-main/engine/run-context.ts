// What a long operation is given by whoever runs it: somewhere to report to, a clock, and a way to be stopped.
import type { LogLevel } from '../contract/entity.ts';
import type { Progress } from '../contract/job.ts';
import type { PolicyModel } from './networks/model.ts';

export interface ReportedMetric {
  readonly name: string;
  readonly step: number;
  /** Of a network that diverged it may be NaN or infinite. */
  readonly value: number;
}

export interface RunContext {
  progress(progress: Progress): void;
  metrics(metrics: readonly ReportedMetric[]): void;
  log(level: LogLevel, text: string): void;
  /** Milliseconds of a monotonic clock that stands still while the run is paused: for latency and rates, never for what is computed. */
  now(): number;
  /**
   * Says what plays now, for whoever watches; as good as free while nobody does. It changes nothing of what is computed.
   * @param step how far the run is
   * @param policy is called when somebody looks, at any breath until the next offer
   */
  offerPolicy(step: number, policy: () => PolicyModel): void;
  /**
   * Lets the process hear its messages; to be awaited every few milliseconds of work (cheap when nothing is due).
   * @returns true when the person asked to stop: end early and keep what is there.
   */
  breathe(): Promise<boolean>;
}
