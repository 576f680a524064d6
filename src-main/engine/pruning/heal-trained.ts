// What heals a policy that was pruned while it learnt: the strongest policy of the same run, of whatever sparsity, teaches it.
import type { SeedRanges } from '../../contract/evaluation.ts';
import type { EnvironmentDefinition } from '../environments/environment.ts';
import { meanReturn } from '../evaluation/play-returns.ts';
import { takeSeeds } from '../evaluation/seeds.ts';
import type { PolicyModel } from '../networks/model.ts';
import { policyOnly } from '../networks/select-head.ts';
import { sizeOf } from '../networks/shapes.ts';
import { inputStatistics, restoreInputs, standardizeInputs } from '../networks/standardize-inputs.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import { playIn } from './experience.ts';
import { ranked } from './ranked.ts';
import { distillOn } from './recovery/distill/distill-on.ts';
import { visitedStates } from './visited-states.ts';

const HEALING = { looks: 12, updatesPerLook: 2000, stage: 'distilling the strongest policy of the run' };
/** Share of random actions while states for the input statistics are collected. */
const EPSILON = 0.1;
/** Looks that play on, in so many times the episodes of validation, of training seeds: they differ by little. */
const FINALISTS = 3;
const CHOOSING = 3;

/**
 * Distils the best of the teachers into the pruned policy, masks held. Of the looks at it those that return most on
 * validation episodes play against the policy as it was, and the best is taken. Policies that imitate can be pruned further
 * than policies that have to find out for themselves (Vischer et al. 2022).
 * @param input.pruned with masks; its critic is left behind
 * @param input.teachers one or more
 */
export async function healTrained(input: {
  readonly pruned: PolicyModel;
  readonly teachers: readonly PolicyModel[];
  readonly environment: EnvironmentDefinition;
  readonly seeds: Pick<SeedRanges, 'train' | 'validation'>;
  readonly backend: Backend;
  readonly random: Random;
  readonly context: RunContext;
}): Promise<PolicyModel> {
  const { environment, seeds, backend, random, context } = input;
  const experience = playIn(environment, seeds);
  const validation = takeSeeds(seeds.validation, seeds.validation.count);
  const rank = (models: readonly PolicyModel[], episodes: readonly number[]): ReturnType<typeof ranked> =>
    ranked(models, (model) => meanReturn({ environment, backend }, { model, seeds: episodes }), context);

  const pruned = policyOnly(input.pruned);
  const [teacher] = await rank(input.teachers.map(policyOnly), validation);
  const visited = visitedStates({ model: teacher!.model, experience, backend, epsilon: EPSILON, random });
  const inputs = inputStatistics(visited, sizeOf(pruned.description.network.input.shape));
  const [student, parent] = [standardizeInputs(pruned, inputs), standardizeInputs(teacher!.model, inputs)];
  const looks = await distillOn({ backend, experience, parent, student, random, context }, HEALING);
  const restored = looks.slice(1).map((look) => restoreInputs(look, inputs));
  const finalists = (await rank(restored, validation)).slice(0, FINALISTS);
  const trainingEpisodes = Array.from({ length: CHOOSING * validation.length }, experience.nextTrainingSeed);
  const played = await rank([pruned, ...finalists.map(({ model }) => model)], trainingEpisodes);
  const best = played[0]!;
  const before = played.find(({ model }) => model === pruned)!;
  context.log(
    'info',
    `distilled from a policy of the run that returns ${teacher!.score.toFixed(1)} on validation episodes: mean return on ${trainingEpisodes.length} training episodes ${before.score.toFixed(1)} → ${best.score.toFixed(1)}`,
  );
  return best.model;
}
