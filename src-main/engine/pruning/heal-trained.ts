// What heals a policy that was pruned while it learnt: the strongest policy of the same run, of whatever sparsity, teaches it.
import type { SeedRanges } from '../../contract/evaluation.ts';
import type { EnvironmentDefinition } from '../environments/environment.ts';
import { playReturns } from '../evaluation/play-returns.ts';
import { takeSeeds } from '../evaluation/seeds.ts';
import type { PolicyModel } from '../networks/model.ts';
import { policyOnly } from '../networks/select-head.ts';
import { sizeOf } from '../networks/shapes.ts';
import { inputStatistics, restoreInputs, standardizeInputs } from '../networks/standardize-inputs.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Random } from '../random/random.ts';
import type { RunContext } from '../run-context.ts';
import { playIn } from './experience.ts';
import { distillOn } from './recovery/distill/distill-on.ts';
import { visitedStates } from './visited-states.ts';

const HEALING = { looks: 12, updatesPerLook: 1000, stage: 'distilling the strongest policy of the run' };
/** Share of random actions while states for the input statistics are collected. */
const EPSILON = 0.1;

/**
 * Distils the teacher into the pruned policy, masks held, and takes what returns most on all validation episodes: the
 * policy as it was, or one of the looks at it. Policies that imitate can be pruned further than policies that have to find
 * out for themselves (Vischer et al. 2022).
 * @param input.pruned with masks; its critic is left behind
 */
export async function healTrained(input: {
  readonly pruned: PolicyModel;
  readonly teacher: PolicyModel;
  readonly environment: EnvironmentDefinition;
  readonly seeds: Pick<SeedRanges, 'train' | 'validation'>;
  readonly backend: Backend;
  readonly random: Random;
  readonly context: RunContext;
}): Promise<PolicyModel> {
  const { environment, seeds, backend, random, context } = input;
  const [pruned, teacher] = [policyOnly(input.pruned), policyOnly(input.teacher)];
  const experience = playIn(environment, seeds);
  const visited = visitedStates({ model: teacher, experience, backend, epsilon: EPSILON, random });
  const inputs = inputStatistics(visited, sizeOf(teacher.description.network.input.shape));
  const [student, parent] = [standardizeInputs(pruned, inputs), standardizeInputs(teacher, inputs)];
  const looks = await distillOn({ backend, experience, parent, student, random, context }, HEALING);
  const candidates = [pruned, ...looks.slice(1).map((look) => restoreInputs(look, inputs))];
  const validation = takeSeeds(seeds.validation, seeds.validation.count);
  const returns = playReturns(
    { environment, backend },
    candidates.map((model) => ({ model, seeds: validation })),
  ).map((of) => of.reduce((sum, value) => sum + value, 0) / of.length);
  const best = returns.indexOf(Math.max(...returns));
  context.log(
    'info',
    `distilled from the strongest policy of the run: mean return on validation episodes ${returns[0]!.toFixed(1)} → ${returns[best]!.toFixed(1)}`,
  );
  return candidates[best]!;
}
