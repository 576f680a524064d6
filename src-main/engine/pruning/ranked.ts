// The best of several policies by something that takes a while to find out.
import type { PolicyModel } from '../networks/model.ts';
import type { RunContext } from '../run-context.ts';

export interface ScoredModel {
  readonly model: PolicyModel;
  readonly score: number;
}

/**
 * Scores them one after the other, with a breath after each.
 * @param models one or more
 * @param score the larger the better
 * @returns all, the best first, equals in order; when the person asked to stop, those that have a score by then
 */
export async function ranked(
  models: readonly PolicyModel[],
  score: (model: PolicyModel) => number,
  context: Pick<RunContext, 'breathe'>,
): Promise<readonly ScoredModel[]> {
  const scored: ScoredModel[] = [];
  for (const model of models) {
    scored.push({ model, score: score(model) });
    if (await context.breathe()) break;
  }
  return scored.sort((one, other) => other.score - one.score);
}
