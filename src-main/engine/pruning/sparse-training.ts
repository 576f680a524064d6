// Training a network that is sparse from the beginning: some weights are chosen, and a topology says what becomes of them.
import type { SparseTraining } from '../../contract/recipe.ts';
import type { Masks } from '../networks/parameters.ts';
import { checkFinite } from '../numerics/non-finite-error.ts';
import { Random } from '../random/random.ts';
import { allocations } from './allocation/registry.ts';
import { criteria } from './criteria/registry.ts';
import { IN_TRAINING } from './check-training-pruning.ts';
import { masking, pruneTo } from './granularity/granularity.ts';
import { granularities } from './granularity/registry.ts';
import type { Learning, PruningInTraining, TrainingToPrune } from './training-to-prune.ts';
import { NO_DATA, type ScoringData } from './scoring-data.ts';
import { SNIP_UPDATES, SnipStart } from './snip-start.ts';
import { topologies } from './topology/registry.ts';
import { dropShare, rewire } from './topology/rewire.ts';

/**
 * Rewiring takes the place of an update's step, as in Evci et al. 2020, algorithm 1: every so many updates, until a share of
 * the run is over.
 */
export function sparseTraining(pruning: SparseTraining, training: TrainingToPrune): PruningInTraining {
  const { plannedUpdates, acting, random } = training;
  const granularity = masking(granularities.get(pruning.granularity), IN_TRAINING);
  const criterion = criteria.get(pruning.criterion);
  const allocation = allocations.get(pruning.allocation);
  const { growth } = topologies.get(pruning.topology);
  const { sparsity, every, drop } = pruning;
  const [choiceSeed, growthSeed] = [random.integer(2 ** 31), random.integer(2 ** 31)];
  const end = pruning.until * plannedUpdates;

  const choose = (agent: Learning, data: ScoringData): Masks =>
    pruneTo(
      granularity,
      { ...acting(agent), criterion, data, random: new Random(choiceSeed) },
      { kind: 'sparsity', sparsity, allocation },
    );
  const snip = criterion.needs === 'gradients' ? new SnipStart() : null;
  const start = snip === null ? 0 : SNIP_UPDATES;

  return {
    begin: snip === null ? (agent) => choose(agent, NO_DATA) : null,
    masksAt: null,
    masksByGradients: ({ update }, agent) => {
      const choosing = snip !== null && update < SNIP_UPDATES;
      const rewiring = growth !== null && update >= start && update > 0 && update % every === 0 && update < end;
      if (!choosing && !rewiring) return null;
      const gradients = agent.network.gradients();
      checkFinite(gradients);
      if (choosing) {
        const statistics = snip.see(gradients, update);
        // The weights as they are, and no step.
        return statistics === null ? agent.masks : choose(agent, { ...NO_DATA, gradients: statistics });
      }
      const rewired = new Random(growthSeed + update);
      return rewire({
        parameters: agent.network.readParameters(),
        masks: agent.masks,
        share: dropShare(drop, update / end),
        scoresOf: (kernel) => growth!({ gradient: gradients[kernel]!, random: rewired }),
      });
    },
    memory: snip,
    sparseFrom: start,
  };
}
