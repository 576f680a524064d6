// A process that works on one cell of the study after the other: score once, prune to every sparsity, play.
import { setImmediate } from 'node:timers/promises';
import { DEFAULT_SEED_RANGES, type SeedRanges } from '../../../src-main/contract/evaluation.ts';
import { keptShare } from '../../../src-main/contract/kept-share.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { instantiateModel } from '../../../src-main/engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../../src-main/engine/evaluation/policy.ts';
import { runEpisodes } from '../../../src-main/engine/evaluation/run-episodes.ts';
import { takeSeeds } from '../../../src-main/engine/evaluation/seeds.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import type { Masks } from '../../../src-main/engine/networks/parameters.ts';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { sizeOf } from '../../../src-main/engine/networks/shapes.ts';
import {
  inputStatistics,
  restoreInputs,
  standardizeInputs,
} from '../../../src-main/engine/networks/standardize-inputs.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { pruneTo } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { neuron } from '../../../src-main/engine/pruning/granularity/neuron.ts';
import { weight } from '../../../src-main/engine/pruning/granularity/weight.ts';
import { pruneByHand } from '../../../src-main/engine/pruning/prune-by-hand.ts';
import { distill } from '../../../src-main/engine/pruning/recovery/distill/distill.ts';
import { playIn } from '../../../src-main/engine/pruning/experience.ts';
import { gatherScoringData } from '../../../src-main/engine/pruning/scoring-data.ts';
import { compact } from '../../../src-main/engine/pruning/surgery/compact.ts';
import { visitedStates } from '../../../src-main/engine/pruning/visited-states.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import type { RunContext } from '../../../src-main/engine/run-context.ts';
import { loadBackend } from '../../../src-main/workers/backends.ts';
import { AGENTS, readAgent } from './agents.ts';
import { RECOVERIES, SPARSITIES, type Cell, type Finding, type Pruned } from './study-cells.ts';

/** Of distillation, after one cut. */
const UPDATES = 2000;

const context: RunContext = {
  progress: () => undefined,
  metrics: () => undefined,
  offerPolicy: () => undefined,
  log: () => undefined,
  now: () => performance.now(),
  breathe: () => setImmediate(false),
};
const backend = await loadBackend('auto');

/** Every seed has episodes of its own, for scoring as for testing. */
function seedRangesOf(seed: number): SeedRanges {
  const { train, validation, test } = DEFAULT_SEED_RANGES;
  return {
    train: { first: train.first + 100_000 * seed, count: 100_000 },
    validation,
    test: { first: test.first + 1000 * seed, count: test.count },
  };
}

const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function find(cell: Cell): Promise<Finding> {
  const agent = AGENTS.find(({ id }) => id === cell.agent)!;
  const environment = environments.get(agent.environment);
  const dense = policyOnly(readAgent(agent));
  const { network } = dense.description;
  const seeds = seedRangesOf(cell.seed);
  const granularity = { weight, neuron }[cell.granularity];
  const criterion = criteria.get(cell.criterion);
  // Weights compete with each other wherever they are; units only with those beside them, which is what they are used for.
  const allocation = cell.granularity === 'weight' ? 'global' : 'uniform';
  const random = new Random(cell.seed);
  const experience = playIn(environment, seeds);

  const play = (model: PolicyModel): number => {
    const instance = instantiateModel(backend, model);
    const policy = modelPolicy(instance, model.description);
    const { returns } = runEpisodes({ environment, policy, seeds: takeSeeds(seeds.test, seeds.test.count) });
    instance.dispose();
    return returns.reduce((sum, value) => sum + value, 0) / returns.length;
  };
  const denseMean = play(dense);
  const measured = (model: PolicyModel, sparsity: number, recovery: Pruned['recovery']): Pruned => {
    const compacted = compact(model);
    const { description, parameters, masks } = compacted;
    const mean = play(compacted);
    const kept = keptShare({ dense: denseMean, pruned: mean, worst: environment.worstReturn });
    return {
      sparsity,
      recovery,
      weights: countNetwork(description.network, parameters, masks).nonzeroWeights,
      mean,
      kept,
    };
  };

  if (criterion.needs === 'movement') {
    const pruned: Pruned[] = [];
    for (const sparsity of SPARSITIES) {
      const outcome = await pruneByHand(
        { dense, experience, granularity, backend, random: random.fork(), context },
        {
          kind: 'manual',
          criterion: criterion.id,
          amount: { kind: 'sparsity', sparsity },
          allocation,
          layers: {},
          multiple: 1,
          schedule: 'one-shot',
          steps: 1,
          recovery: { method: distill.id, updates: UPDATES },
          rewind: 'nothing',
        },
      );
      pruned.push(measured(outcome.pruned, sparsity, 'distill'));
    }
    return { ...cell, scoringSeconds: null, pruned };
  }

  const before = processorSeconds();
  const visit = { experience, backend, random };
  const observations = visitedStates({ ...visit, model: dense, epsilon: 0 });
  const data = await gatherScoringData(criterion.needs, {
    ...visit,
    model: dense,
    dense,
    observations,
    keepShare: null,
    movement: null,
    context,
  });
  const scored = { network, parameters: dense.parameters, masks: dense.masks, criterion, data, random };
  granularity.score(scored);
  const scoringSeconds = processorSeconds() - before;

  const inputs = inputStatistics(observations, sizeOf(network.input.shape));
  const parent = standardizeInputs(dense, inputs);
  const heal = async (masks: Masks): Promise<PolicyModel> => {
    const session = distill.start({
      backend,
      experience,
      parent,
      student: parent,
      random: random.fork(),
      updates: UPDATES,
      context,
    });
    session.setMasks(masks);
    await session.advance(UPDATES);
    const healed = restoreInputs(session.current(), inputs);
    session.dispose();
    return healed;
  };
  const pruned: Pruned[] = [];
  for (const sparsity of SPARSITIES) {
    const masks = pruneTo(granularity, scored, { kind: 'sparsity', sparsity, allocation: allocations.get(allocation) });
    for (const recovery of RECOVERIES) {
      const model = recovery === 'none' ? { ...dense, masks } : await heal(masks);
      pruned.push(measured(model, sparsity, recovery));
    }
  }
  return { ...cell, scoringSeconds, pruned };
}

process.on('message', (cell: Cell) => {
  void find(cell).then((finding) => process.send!(finding));
});
