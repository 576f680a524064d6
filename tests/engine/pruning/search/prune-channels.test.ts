// The automatic search on a convolutional policy of MinAtar's kind.
import { expect, it } from 'vitest';
import { countNetwork } from '../../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { playIn } from '../../../../src-main/engine/pruning/experience.ts';
import { granularities } from '../../../../src-main/engine/pruning/granularity/registry.ts';
import type { PruningOutcome } from '../../../../src-main/engine/pruning/pruning-input.ts';
import { pruneAutomatically } from '../../../../src-main/engine/pruning/search/prune-automatically.ts';
import { compact } from '../../../../src-main/engine/pruning/surgery/compact.ts';
import { unitGroups } from '../../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../../recording-context.ts';
import { testBackend } from '../../../test-backend.ts';
import { litCell, litCellAgent } from '../lit-cell.ts';
import { meanReturn } from '../recovery/recovering.ts';

const shape = [5, 5, 2] as const;
const environment = litCell(shape);
const search = (granularity: string): Promise<PruningOutcome> =>
  pruneAutomatically(
    {
      dense: litCellAgent(shape, 8, 8),
      experience: playIn(environment, {
        train: { first: 0, count: 1000 },
        validation: { first: 1000, count: 10 },
      }),
      granularity: granularities.get(granularity),
      backend: testBackend,
      random: new Random(2),
      context: recordingContext(),
    },
    { kind: 'automatic', target: { kind: 'return', keep: 0.95 } },
  );

const countNetworkOf = ({ description, parameters, masks }: PolicyModel): ReturnType<typeof countNetwork> =>
  countNetwork(description.network, parameters, masks);

it.each([
  { granularity: 'channel', left: [1, 8] },
  { granularity: 'unit', left: [1, 2] },
])('removes $granularity by $granularity for as long as the return holds', async ({ granularity, left }) => {
  const { pruned, trials, stopped } = await search(granularity);
  const compacted = compact(pruned);
  const units = unitGroups(compacted.description.network).map((group) => group.units);
  expect(stopped).toBe(false);
  expect(trials.filter(({ accepted }) => accepted).length).toBeGreaterThan(0);
  units.forEach((count, i) => {
    expect(count).toBeLessThanOrEqual(left[i]!);
  });
  expect(meanReturn(compacted, environment)).toBeGreaterThanOrEqual(0.95 * environment.maxEpisodeSteps);
});

it('hybrid: units first, then weights of what is left, both in the trials', async () => {
  const { pruned, trials } = await search('hybrid');
  const stages = trials.map((trial) => trial.granularity);
  expect([...new Set(stages)]).toEqual(['unit', 'weight']);
  expect(stages.indexOf('weight')).toBe(stages.filter((stage) => stage === 'unit').length);
  const kept = trials.filter(({ accepted }) => accepted);
  const { weights } = countNetworkOf(litCellAgent(shape, 8, 8));
  for (const [i, trial] of kept.entries()) {
    expect(trial.sparsity).toBeCloseTo(1 - trial.weights / weights, 9);
    expect(trial.weights).toBeLessThanOrEqual(kept[i - 1]?.weights ?? weights);
  }
  const afterUnits = kept.filter(({ granularity }) => granularity === 'unit').at(-1)!;
  expect(countNetworkOf(compact(pruned)).nonzeroWeights).toBeLessThan(afterUnits.weights);
  expect(meanReturn(compact(pruned), environment)).toBeGreaterThanOrEqual(0.95 * environment.maxEpisodeSteps);
});
