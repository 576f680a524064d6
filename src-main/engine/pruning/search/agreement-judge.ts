// What decides where nothing can be played: agreement with the parent in the validation share of the observations.
import type { PolicyModel } from '../../networks/model.ts';
import type { Backend } from '../../numerics/backend.ts';
import { decisionsOf } from '../decisions.ts';
import type { RecordedExperience } from '../experience.ts';
import { actionUnits, HeldOutStates } from '../held-out-agreement.ts';
import type { Judge, Verdict } from './judge.ts';

/** States of a first look; only who passes it is shown all. */
const QUICK_STATES = 1000;

/** What is certain is the lower end of the 95 % interval. */
export class AgreementJudge implements Judge {
  readonly #states: HeldOutStates;

  constructor(input: {
    readonly dense: PolicyModel;
    readonly experience: RecordedExperience;
    readonly backend: Backend;
  }) {
    const { dense, experience, backend } = input;
    const { train, validation, block } = experience;
    const units = actionUnits(decisionsOf({ model: dense, backend, observations: train }));
    this.#states = new HeldOutStates({ parent: dense, backend, observations: validation, block, units });
  }

  quickShare(model: PolicyModel): number {
    return this.#states.compare(model, QUICK_STATES).mean;
  }

  judge(model: PolicyModel): Verdict {
    const { mean, interval } = this.#states.compare(model);
    return { meanReturn: null, keptShare: mean, certainShare: interval.low };
  }

  score(model: PolicyModel): number {
    return this.#states.compare(model).mean;
  }

  /** What was recorded is all there is. */
  confirms(): boolean {
    return true;
  }
}
