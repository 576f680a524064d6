// The engine's view of the outside: reports are batched, and the process hears its messages between slices of work.
import { setImmediate } from 'node:timers/promises';
import type { Metric, Progress } from '../contract/job.ts';
import { writeModel } from '../engine/formats/safetensors/model-file.ts';
import type { PolicyModel } from '../engine/networks/model.ts';
import type { ReportedMetric, RunContext } from '../engine/run-context.ts';
import type { HostChannel } from './host-channel.ts';

/** Work between two looks at the messages. */
const SLICE_MS = 20;
/** Reports are sent at most this often; metrics wait in a batch, of progress only the latest counts. */
const REPORT_MS = 100;

export class WorkerContext implements RunContext {
  readonly #channel: HostChannel;
  #stopRequested = false;
  /** Ends the pause; null while there is none. */
  #goOn: (() => void) | null = null;
  #pause: Promise<void> = Promise.resolve();
  /** Milliseconds that the run was held. */
  #held = 0;
  #offered: (() => PolicyModel) | null = null;
  #offeredStep = 0;
  /** Somebody looks, and has not been shown anything yet. */
  #watched = false;
  #lastBreath = performance.now();
  #lastReport = -Infinity;
  #metrics: Metric[] = [];
  #progress: Progress | null = null;

  constructor(channel: HostChannel) {
    this.#channel = channel;
  }

  /** From now on `breathe` answers true. */
  requestStop(): void {
    this.#stopRequested = true;
    this.continue();
  }

  /** From now on `breathe` waits, until `continue`. */
  pause(): void {
    if (this.#goOn !== null || this.#stopRequested) return;
    this.#pause = new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  continue(): void {
    this.#goOn?.();
    this.#goOn = null;
  }

  /** Stands still while the run is held: a pause is no work. */
  now(): number {
    return performance.now() - this.#held;
  }

  progress(progress: Progress): void {
    const newStage = progress.stage !== this.#progress?.stage;
    this.#progress = progress;
    this.#report(newStage);
  }

  metrics(metrics: readonly ReportedMetric[]): void {
    this.#metrics.push(
      ...metrics.map((metric) => (Number.isFinite(metric.value) ? metric : { ...metric, value: null })),
    );
    this.#report(false);
  }

  log(level: 'info' | 'warning' | 'error', text: string): void {
    this.flush();
    this.#channel.send({ type: 'log', level, text });
  }

  /** What was reported before it is sent before it. */
  checkpoint(step: number, bytes: Uint8Array): void {
    this.flush();
    this.#channel.send({ type: 'checkpoint', step, bytes });
  }

  offerPolicy(step: number, policy: () => PolicyModel): void {
    this.#offeredStep = step;
    this.#offered = policy;
    if (this.#watched) this.#showPolicy(policy);
  }

  /** Shows the policy that is offered now, or the first that will be. */
  watch(): void {
    this.#watched = true;
    if (this.#offered !== null) this.#showPolicy(this.#offered);
  }

  #showPolicy(policy: () => PolicyModel): void {
    this.#watched = false;
    this.#channel.send({ type: 'policy', step: this.#offeredStep, bytes: writeModel(policy()) });
  }

  async breathe(): Promise<boolean> {
    if (performance.now() - this.#lastBreath > SLICE_MS) {
      await setImmediate();
      if (this.#goOn !== null) await this.#hold();
      this.#lastBreath = performance.now();
    }
    return this.#stopRequested;
  }

  async #hold(): Promise<void> {
    this.flush();
    this.#channel.send({ type: 'paused', paused: true });
    const since = performance.now();
    await this.#pause;
    this.#held += performance.now() - since;
    this.#channel.send({ type: 'paused', paused: false });
  }

  /** Sends what waits. */
  flush(): void {
    this.#lastReport = performance.now();
    if (this.#metrics.length > 0) this.#channel.send({ type: 'metrics', metrics: this.#metrics });
    this.#metrics = [];
    if (this.#progress !== null) this.#channel.send({ type: 'progress', progress: this.#progress });
  }

  #report(now: boolean): void {
    if (now || performance.now() - this.#lastReport > REPORT_MS) this.flush();
  }
}
