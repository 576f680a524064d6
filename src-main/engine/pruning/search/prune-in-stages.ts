// The hybrid search: whole units first, as long as the return holds, then single weights of what is left.
import { countNetwork } from '../../networks/counting.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { unit } from '../granularity/unit.ts';
import { weight } from '../granularity/weight.ts';
import type { PruningInput, PruningOutcome } from '../pruning-input.ts';
import { ladderOf, type Ladder } from './ladder.ts';
import { confirm } from './confirm.ts';
import { descend } from './descend.ts';
import { searchGround } from './search-ground.ts';

/** Units go on to the last few: what the first stage leaves is all that the second has to look at. */
const LAST_UNITS = [0.992, 0.994, 0.996, 0.998, 0.999];
/** Of the weights that whole units have left, a few at a time. */
const LAST_WEIGHTS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95];

const weightsOf = ({ description, parameters, masks }: PolicyModel): number =>
  countNetwork(description.network, parameters, masks).nonzeroWeights;

/**
 * Down the ladder of units, then down one of weights on what that has left. Trials of both stages say which share of the
 * dense policy's weights is gone.
 * @param keep share of the dense return, or agreement with the dense policy
 */
export async function pruneInStages(input: PruningInput, keep: number): Promise<PruningOutcome> {
  const ground = searchGround({ ...input, granularity: unit });
  const dense = weightsOf(ground.parent);
  const shareRemoved = (model: PolicyModel): number => 1 - weightsOf(model) / dense;
  const units: Ladder = { ...ground.ladder, sparsities: [...ground.ladder.sparsities, ...LAST_UNITS] };
  const first = await descend(
    { ...ground, ladder: units, shareRemoved },
    { granularity: unit, from: ground.parent, keep },
  );
  if (first.stopped) return { pruned: ground.restore(first.model), trials: first.trials, budget: null, stopped: true };
  const second = await descend(
    {
      ...ground,
      ladder: { ...ladderOf(weight), sparsities: LAST_WEIGHTS },
      total: weightsOf(first.model),
      pieces: 'weights that are left',
      shareRemoved,
    },
    { granularity: weight, from: first.model, keep },
  );
  const whole = {
    model: second.model,
    held: [...first.held, ...second.held],
    trials: [...first.trials, ...second.trials],
  };
  const { model, trials } = second.stopped ? whole : await confirm(ground, whole, { from: ground.parent, keep });
  return { pruned: ground.restore(model), trials, budget: null, stopped: second.stopped };
}
