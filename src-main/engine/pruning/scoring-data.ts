// What a criterion may be told beyond the weights, gathered once per scoring and only as far as it needs.
import { SecateurError } from '../../contract/secateur-error.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { Parameters } from '../networks/parameters.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import { activationStatistics, meanOverPositions, type ActivationStatistics } from './activation-statistics.ts';
import { tryBypasses } from './try-bypasses.ts';
import { decisionSamples, type DecisionSamples } from './decision-samples.ts';
import { decisionsOf } from './decisions.ts';
import { played, type Experience } from './experience.ts';
import { gradientStatistics, type GradientStatistics } from './gradient-statistics.ts';
import { MovementWithoutTrainingError, type Movement } from './movement.ts';
import { agreementGame } from './shapley/agreement-game.ts';
import { returnGame } from './shapley/return-game.ts';
import { shapleyOfUnits } from './shapley/shapley-of-units.ts';
import type { ShapleyValues } from './shapley/shapley-values.ts';
import { unitGroups } from './units.ts';

/**
 * `activations`: statistics of what layers read and put out in the visited states; `decisions`: single outputs beside the
 * dense policy's action; `gradients`: of the loss of policy-loss.ts; `agreement`, `return`: what units contribute to
 * either, by playing without them; `bypass`: what decisions lose without a layer. All of these need a policy that plays;
 * `movement` one that trains.
 */
export type Needs =
  'nothing' | 'activations' | 'decisions' | 'gradients' | 'agreement' | 'return' | 'bypass' | 'movement';

export interface ScoringData {
  readonly activations: ActivationStatistics | null;
  readonly decisions: DecisionSamples | null;
  readonly gradients: GradientStatistics | null;
  /** By layer, of those whose units may be removed. */
  readonly agreement: Readonly<Record<string, ShapleyValues>> | null;
  readonly return: Readonly<Record<string, ShapleyValues>> | null;
  /** By layer, of those that can go: `decisionLoss` with it alone bypassed. */
  readonly bypass: Readonly<Record<string, number>> | null;
  /** By kernel: `<layer>/kernel`. */
  readonly movement: Parameters | null;
}

export const NO_DATA: ScoringData = {
  activations: null,
  decisions: null,
  gradients: null,
  agreement: null,
  return: null,
  bypass: null,
  movement: null,
};

/** Episodes that the contributions to the return are taken over. */
const EPISODES = 64;

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

export interface ScoringInput {
  /** What is to be scored. */
  readonly model: PolicyModel;
  /** Whose decisions and returns count: the policy before any pruning. */
  readonly dense: PolicyModel;
  readonly backend: Backend;
  /** States that the policy visits, [states, inputSize]. */
  readonly observations: Float32Array;
  readonly experience: Experience;
  /** Share of the elements that is to stay, where it is known: what is estimated need only tell on which side of it. */
  readonly keepShare: number | null;
  /** Of the training so far; null where nothing trains. */
  readonly movement: Movement | null;
  readonly random: Random;
  readonly context: RunContext;
}

/** @throws MovementWithoutTrainingError, NothingToPlayError */
export async function gatherScoringData(needs: Needs, input: ScoringInput): Promise<ScoringData> {
  const { model, dense, backend, observations } = input;
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
    case 'bypass': {
      const losses = tryBypasses({ ...run, dense }).map(({ layer, loss }) => [layer, loss] as const);
      return { ...NO_DATA, bypass: Object.fromEntries(losses) };
    }
    case 'movement':
      if (input.movement === null) throw new MovementWithoutTrainingError('scoring alone');
      return { ...NO_DATA, movement: input.movement.sums() };
    case 'agreement': {
      const states = decided();
      const { outputs } = activationStatistics(run);
      const roots = Object.fromEntries(
        unitGroups(model.description.network).map(({ layer, units }) => [
          layer,
          meanOverPositions(outputs[layer]!, units).rootMeanSquare,
        ]),
      );
      return {
        ...NO_DATA,
        agreement: await shapleyOfUnits({
          ...input,
          game: (layer, players) => agreementGame({ ...states, layer, players }),
          idle: (layer, unit) => roots[layer]![unit] === 0,
        }),
      };
    }
    case 'return': {
      const { environment, nextTrainingSeed } = played(input.experience, 'the contribution to the return', ['shapley']);
      const seeds = Array.from({ length: EPISODES }, nextTrainingSeed);
      return {
        ...NO_DATA,
        return: await shapleyOfUnits({
          ...input,
          game: (layer, players) => returnGame({ ...input, environment, seeds, layer, players }),
          // In which states a unit is active is not known before it is played.
          idle: () => false,
        }),
      };
    }
  }
}
