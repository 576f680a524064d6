// How important every weight or unit of a policy is, without pruning any.
import type { Saliency } from '../../contract/saliency.ts';
import { DEFAULT_SEED_RANGES } from '../../contract/evaluation.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { environments } from '../environments/registry.ts';
import { checkModelFits } from '../evaluation/model-fits.ts';
import type { PolicyModel } from '../networks/model.ts';
import { policyOnly } from '../networks/select-head.ts';
import type { Backend } from '../numerics/backend.ts';
import { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import { criteria } from './criteria/registry.ts';
import { checkCanRank } from './granularity/granularity.ts';
import { granularities } from './granularity/registry.ts';
import { gatherScoringData, NO_DATA, type ScoringData } from './scoring-data.ts';
import { playIn } from './experience.ts';
import { visitedStates } from './visited-states.ts';

/** A criterion that watches the policy act, and nowhere to act. */
export class NowhereToActError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(criterion: string) {
    const blind = criteria.all.filter(({ needs }) => needs === 'nothing').map(({ id }) => id);
    super(
      `the criterion "${criterion}" watches the policy act, and no environment is named`,
      `Name the environment, or use ${blind.join(', ')}.`,
    );
  }
}

/**
 * @param environment where the policy is watched; may be null for criteria that look at the weights alone
 * @throws UnknownNameError, CriterionGranularityError, NowhereToActError, ModelDoesNotFitError,
 * MovementWithoutTrainingError
 */
export async function saliencyOf(input: {
  readonly model: PolicyModel;
  readonly environment: string | null;
  readonly criterion: string;
  readonly granularity: string;
  readonly seed: number;
  readonly backend: Backend;
  readonly context: RunContext;
}): Promise<Saliency> {
  const { backend, context } = input;
  const criterion = criteria.get(input.criterion);
  const granularity = granularities.get(input.granularity);
  checkCanRank(criterion, granularity);
  const model = policyOnly(input.model);
  const random = new Random(input.seed);
  const watch = async (): Promise<ScoringData> => {
    if (input.environment === null) throw new NowhereToActError(criterion.id);
    const environment = environments.get(input.environment);
    checkModelFits(model.description, environment);
    const acting = { model, experience: playIn(environment, DEFAULT_SEED_RANGES), backend, random };
    const observations = visitedStates({ ...acting, epsilon: 0 });
    return gatherScoringData(criterion.needs, {
      ...acting,
      dense: model,
      observations,
      keepShare: null,
      movement: null,
      context,
    });
  };
  const data = criterion.needs === 'nothing' ? NO_DATA : await watch();
  const { network } = model.description;
  const scored = { network, parameters: model.parameters, masks: model.masks, criterion, data, random };
  return {
    criterion: criterion.id,
    granularity: granularity.id,
    of: granularity.ranks,
    layers: granularity.saliency(scored).map(({ layer, shape, scores, estimate }) => ({
      layer,
      shape: [...shape],
      scores,
      estimate: estimate && { halfWidths: estimate.halfWidths, total: estimate.total },
    })),
    skipped: granularity.skips(scored),
  };
}
