// Pruning where nothing can be played: choose, cut, heal, operate and prove on observations, and measure the agreement.
import type { DataPruneReport, HeldOutAgreement } from '../../contract/prune-report.ts';
import type { DataPruneRecipe } from '../../contract/recipe.ts';
import { measureCost } from '../evaluation/measure-model.ts';
import { feasiblePruningRate } from '../evaluation/return-kept.ts';
import type { Observations } from '../formats/observations/observations.ts';
import { explainModel } from '../inspection/explain-model.ts';
import type { PolicyModel } from '../networks/model.ts';
import { policyOnly } from '../networks/select-head.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import type { RunContext } from '../run-context.ts';
import { carryOut, logSkipped, streamsOf } from './carry-out.ts';
import { decisionsOf } from './decisions.ts';
import { granularities } from './granularity/registry.ts';
import { actionUnits, HeldOutStates } from './held-out-agreement.ts';
import { checkLayers } from './manual-amounts.ts';
import { shareObservations } from './share-observations.ts';
import { compactAt } from './surgery/compact-at.ts';
import { proveEqual } from './surgery/prove-equal.ts';

/** States on which surgery is proven. */
const PROOF_STATES = 2000;

/** The report but for what only who has read the file can say of it. */
type Report = Omit<DataPruneReport, 'observations'> & {
  readonly observations: Omit<DataPruneReport['observations'], 'file' | 'sha256'>;
};

/**
 * The compacted model and the report of how it came to be. Training, choosing and reporting see disjoint rows.
 * @param input.model as imported or trained; a critic is left behind, since it does not act
 * @throws TooFewObservationsError, NothingToPlayError, UnknownNameError, SurgeryMismatchError and those of the method
 */
export async function pruneFromData(input: {
  readonly model: PolicyModel;
  readonly recipe: DataPruneRecipe;
  readonly observations: Observations;
  readonly backend: Backend;
  readonly context: RunContext;
}): Promise<{ model: PolicyModel; report: Report }> {
  const { recipe, backend, context } = input;
  const { method } = recipe;
  const started = context.now();
  const granularity = granularities.get(recipe.granularity);
  const dense = policyOnly(input.model);
  if (method.kind === 'manual') checkLayers({ dense, granularity }, method);
  const { test, ...seen } = shareObservations(input.observations, recipe.seed);
  const { inputSize } = placeNetwork(dense.description.network);
  const rowsOf = (share: Float32Array): number => share.length / inputSize;
  const observation = test.subarray(0, inputSize);

  logSkipped(granularity, { model: dense, context });
  const denseCost = measureCost({ model: dense, observation, backend, context });
  const outcome = await carryOut(
    {
      dense,
      experience: { kind: 'recorded', ...seen },
      granularity,
      backend,
      random: streamsOf(recipe.seed).pruning,
      context,
    },
    method,
  );
  const { pruned: masked, trials, budget, stopped } = outcome;
  const compacted = compactAt(masked, granularity);
  const states = Math.min(PROOF_STATES, rowsOf(seen.validation));
  const proof = { observations: seen.validation.subarray(0, states * inputSize), count: states };
  const cutOut = proveEqual({ backend, masked, compacted, ...proof });

  const units = actionUnits(decisionsOf({ model: dense, backend, observations: seen.train }));
  const agreementIn = (observations: Float32Array): HeldOutAgreement =>
    new HeldOutStates({ parent: dense, backend, observations, block: seen.block, units }).compare(compacted);
  const keep = method.kind === 'automatic' && method.target.kind === 'agreement' ? method.target.keep : null;
  const report: Report = {
    measure: 'agreement',
    observations: {
      rows: input.observations.rows,
      train: rowsOf(seen.train),
      validation: rowsOf(seen.validation),
      test: rowsOf(test),
    },
    granularity: granularity.id,
    method: method.kind,
    backend: backend.version,
    keep,
    budget,
    dense: denseCost,
    pruned: measureCost({ model: compacted, observation, backend, context }),
    agreement: { validation: agreementIn(seen.validation), test: agreementIn(test) },
    trials: [...trials],
    feasiblePruningRate: feasiblePruningRate(
      trials.filter(({ accepted }) => accepted),
      keep ?? undefined,
    ),
    surgery: { states, largestDifference: Math.max(cutOut, outcome.largestDifference ?? 0) },
    explanation: explainModel(compacted, null),
    stopped,
    seconds: (context.now() - started) / 1000,
  };
  return { model: compacted, report };
}
