// What a criterion may be told beyond the weights, gathered once per scoring and only as far as it needs.
import { SecateurError } from '../../contract/secateur-error.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { Backend } from '../numerics/backend.ts';
import { activationStatistics, type ActivationStatistics } from './activation-statistics.ts';
import { decisionSamples, type DecisionSamples } from './decision-samples.ts';
import { decisionsOf } from './decisions.ts';
import { gradientStatistics, type GradientStatistics } from './gradient-statistics.ts';

/**
 * `activations`: statistics of what layers read and put out in the visited states; `decisions`: single outputs beside the
 * dense policy's action; `gradients`: of the loss of policy-loss.ts. Anything but `nothing` needs a policy that plays.
 */
export type Needs = 'nothing' | 'activations' | 'decisions' | 'gradients';

export interface ScoringData {
  readonly activations: ActivationStatistics | null;
  readonly decisions: DecisionSamples | null;
  readonly gradients: GradientStatistics | null;
}

export const NO_DATA: ScoringData = { activations: null, decisions: null, gradients: null };

/** A criterion is asked for scores without what it looks at. */
export class MissingScoringDataError extends SecateurError {
  readonly kind = 'internal';

  constructor(criterion: string, needs: Needs) {
    super(
      `the criterion "${criterion}" needs ${needs}, but was given none`,
      'Gather them with `gatherScoringData` first.',
    );
  }
}

/** @throws MissingScoringDataError */
export function checkScoringData(criterion: { readonly id: string; readonly needs: Needs }, data: ScoringData): void {
  if (criterion.needs !== 'nothing' && data[criterion.needs] === null) {
    throw new MissingScoringDataError(criterion.id, criterion.needs);
  }
}

/**
 * @param model what is to be scored
 * @param dense whose decisions count: the policy before any pruning
 * @param observations states that the policy visits, [states, inputSize]
 */
export function gatherScoringData(input: {
  readonly needs: Needs;
  readonly model: PolicyModel;
  readonly dense: PolicyModel;
  readonly backend: Backend;
  readonly observations: Float32Array;
}): ScoringData {
  const { needs, model, dense, backend, observations } = input;
  const run = { model, backend, observations };
  const decided = (): typeof run & { decisions: ReturnType<typeof decisionsOf> } => ({
    ...run,
    decisions: decisionsOf({ ...run, model: dense }),
  });
  switch (needs) {
    case 'nothing':
      return NO_DATA;
    case 'activations':
      return { ...NO_DATA, activations: activationStatistics(run) };
    case 'decisions':
      return { ...NO_DATA, decisions: decisionSamples(decided()) };
    case 'gradients':
      return { ...NO_DATA, gradients: gradientStatistics(decided()) };
  }
}
