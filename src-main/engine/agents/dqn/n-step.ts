// From steps to n-step transitions, in each of several environments.
import type { StepOutcome } from '../agent.ts';
import { copyRow } from '../copy-row.ts';
import { restoreArray, type Resumable, type SavedState } from '../saved-state.ts';
import { allocateDepartures, type Departures, type ReplayBuffer } from './replay.ts';

export interface NStepOptions {
  readonly nStep: number;
  readonly gamma: number;
  readonly environments: number;
  readonly observationSize: number;
  /** Receives every transition once it is complete. */
  readonly replay: ReplayBuffer;
}

/**
 * Holds back up to n departures per environment until their n rewards are in: R = Σ_{k<n} γᵏ r_{t+k}, arriving at
 * s_{t+n} with discount γⁿ (Sutton 1988). The end of an episode completes all of its departures with the m ≤ n
 * rewards they have: discount γᵐ after a truncation, 0 after a termination.
 */
export class NStepTransitions implements Resumable {
  readonly #options: NStepOptions;
  /** A ring of n departures per environment, one environment after the other. */
  readonly #pending: Departures;
  /** Where each environment's oldest departure is in its ring, and how many it has. */
  readonly #oldest: Int32Array;
  readonly #waiting: Int32Array;
  /** γᵏ for k = 0 … n. */
  readonly #powers: Float64Array;

  constructor(options: NStepOptions) {
    this.#options = options;
    this.#pending = allocateDepartures(options.environments * options.nStep, options.observationSize);
    this.#oldest = new Int32Array(options.environments);
    this.#waiting = new Int32Array(options.environments);
    this.#powers = Float64Array.from({ length: options.nStep + 1 }, (_, k) => options.gamma ** k);
  }

  /** Every environment departs: its observation, [environments, observationSize], and the action taken there. */
  depart(observations: Float32Array, actions: Int32Array): void {
    const { environments, observationSize } = this.#options;
    for (let environment = 0; environment < environments; environment++) {
      const row = this.#row(environment, this.#waiting[environment]!);
      copyRow(observations, environment, this.#pending.observations, row, observationSize);
      this.#pending.actions[row] = actions[environment]!;
      this.#pending.rewards[row] = 0;
      this.#waiting[environment]!++;
    }
  }

  /** Every environment arrives; what is complete goes to the replay. */
  arrive({ rewards, terminated, truncated, observations }: StepOutcome): void {
    const { environments, nStep } = this.#options;
    for (let environment = 0; environment < environments; environment++) {
      const waiting = this.#waiting[environment]!;
      for (let i = 0; i < waiting; i++) {
        this.#pending.rewards[this.#row(environment, i)]! += this.#powers[waiting - 1 - i]! * rewards[environment]!;
      }
      const over = terminated[environment] === 1 || truncated[environment] === 1;
      const complete = over ? waiting : waiting === nStep ? 1 : 0;
      for (let i = 0; i < complete; i++) {
        const row = this.#row(environment, 0);
        this.#pending.discounts[row] = terminated[environment] === 1 ? 0 : this.#powers[this.#waiting[environment]!]!;
        this.#options.replay.add(this.#pending, row, observations, environment);
        this.#oldest[environment] = (this.#oldest[environment]! + 1) % nStep;
        this.#waiting[environment]!--;
      }
    }
  }

  /** Row of an environment's `i`-th oldest departure. */
  #row(environment: number, i: number): number {
    const { nStep } = this.#options;
    return environment * nStep + ((this.#oldest[environment]! + i) % nStep);
  }

  saveState(): SavedState {
    return { values: null, arrays: { ...this.#pending, oldest: this.#oldest, waiting: this.#waiting } };
  }

  loadState(state: SavedState): void {
    restoreArray(this.#pending.observations, state, 'observations');
    restoreArray(this.#pending.actions, state, 'actions');
    restoreArray(this.#pending.rewards, state, 'rewards');
    restoreArray(this.#pending.discounts, state, 'discounts');
    restoreArray(this.#oldest, state, 'oldest');
    restoreArray(this.#waiting, state, 'waiting');
  }
}
