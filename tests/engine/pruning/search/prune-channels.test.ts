// The automatic search on a convolutional policy of MinAtar's kind.
import { expect, it } from 'vitest';
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
      environment,
      granularity: granularities.get(granularity),
      seeds: {
        train: { first: 0, count: 1000 },
        validation: { first: 1000, count: 10 },
        test: { first: 2000, count: 2 },
      },
      backend: testBackend,
      random: new Random(2),
      context: recordingContext(),
    },
    { kind: 'automatic', target: { kind: 'return', keep: 0.95 } },
  );

it.each([
  { granularity: 'channel', left: [2, 8] },
  { granularity: 'unit', left: [2, 2] },
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
