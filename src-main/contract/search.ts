// A search over ways of pruning: what it is to try, what came of each, and what it came to.
import { z } from 'zod';
import { intervalSchema, latencySchema } from './evaluation.ts';
import { paretoFront } from './pareto-front.ts';
import { budgetReportSchema } from './prune-report.ts';
import { pruneRecipeSchema, type AutomaticTarget } from './recipe.ts';
import { problemSchema } from './secateur-error.ts';

const countSchema = z.int().min(0);

/** One way of pruning. */
export const combinationSchema = z.strictObject({
  granularity: z.string(),
  criterion: z.string(),
  allocation: z.string(),
  schedule: z.string(),
  recovery: z.string(),
  sparsity: z.number(),
});
export type Combination = z.infer<typeof combinationSchema>;

export const searchPlanSchema = z.strictObject({
  /** Of the first rung. */
  combinations: z.array(combinationSchema).readonly(),
  /** That the space has. */
  possible: countSchema,
  /** Granularities whose automatic method takes part. */
  automatic: z.array(z.string()).readonly(),
  /** What the policy costs before anything is pruned; null where the target is a share of the return. */
  asItIs: budgetReportSchema.nullable(),
});
export type SearchPlan = z.infer<typeof searchPlanSchema>;

export const trialMeasurementSchema = z.strictObject({
  /** Not zero, once compacted. */
  weights: countSchema,
  hiddenUnits: countSchema,
  /** Of the policy as a model file. */
  bytes: countSchema,
  /** Null where it was not measured. Trials beside it make it longer. */
  latency: latencySchema.nullable(),
  /** On validation seeds. */
  meanReturn: z.number(),
  meanInterval: intervalSchema,
  /** Of the dense return on the same episodes. */
  keptShare: z.number(),
  /** Less a margin for the luck of these episodes: what is decided by. */
  certainShare: z.number(),
});
export type TrialMeasurement = z.infer<typeof trialMeasurementSchema>;

export const searchTrialSchema = z.strictObject({
  /** From 0. */
  rung: countSchema,
  /** Of the way of pruning, the same in every rung. */
  number: countSchema,
  /** What makes this model again. */
  recipe: pruneRecipeSchema,
  episodes: countSchema,
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('measured'), measured: trialMeasurementSchema }),
    z.strictObject({ kind: z.literal('failed'), problem: problemSchema }),
  ]),
  /** Of the search, when it was finished. */
  seconds: z.number(),
});
export type SearchTrial = z.infer<typeof searchTrialSchema>;
export type MeasuredTrial = SearchTrial & { readonly outcome: { readonly kind: 'measured' } };

export const isMeasured = (trial: SearchTrial): trial is MeasuredTrial => trial.outcome.kind === 'measured';

/** What of a trial is to be small: weights, bytes or microseconds, as the target has it. */
export function costOf({ outcome: { measured } }: MeasuredTrial, target: AutomaticTarget['kind']): number {
  switch (target) {
    case 'return':
      return measured.weights;
    case 'bytes':
      return measured.bytes;
    case 'latency':
      return measured.latency?.medianMicroseconds ?? Infinity;
  }
}

/** Trials that no other beats: none keeps as much of the return for as little. */
export function frontOf(trials: readonly MeasuredTrial[], target: AutomaticTarget['kind']): MeasuredTrial[] {
  return paretoFront(trials, (trial) => [-costOf(trial, target), trial.outcome.measured.meanReturn]);
}

/** What would help where the target was not reached. */
export const adviceSchema = z.discriminatedUnion('kind', [
  /** What was reached: a share of the return, bytes, or microseconds. */
  z.strictObject({ kind: z.literal('ask-less'), reached: z.number() }),
  z.strictObject({ kind: z.literal('heal-longer'), updates: countSchema }),
  /** The smallest amount that the space has. */
  z.strictObject({ kind: z.literal('remove-less'), sparsity: z.number() }),
  /** The largest. */
  z.strictObject({ kind: z.literal('remove-more'), sparsity: z.number() }),
  /** Zeros take as many bytes, and often as long, as other weights. */
  z.strictObject({ kind: z.literal('remove-units') }),
  z.strictObject({ kind: z.literal('try-more'), tried: countSchema, possible: countSchema }),
  z.strictObject({ kind: z.literal('more-time') }),
]);
export type Advice = z.infer<typeof adviceSchema>;

const trialKeySchema = z.strictObject({ rung: countSchema, number: countSchema });
export type TrialKey = z.infer<typeof trialKeySchema>;

export const searchReportSchema = z.strictObject({
  target: z.enum(['return', 'bytes', 'latency']),
  rungs: z
    .array(
      z.strictObject({
        episodes: countSchema,
        updates: countSchema,
        /** Trials that were to be made, were finished, and failed. */
        planned: countSchema,
        finished: countSchema,
        failed: countSchema,
      }),
    )
    .readonly(),
  /** Ways of pruning that the space has. */
  possible: countSchema,
  /** Trials of those that came furthest which no other beats in both return and cost; the smallest first. */
  front: z.array(trialKeySchema).readonly(),
  chosen: trialKeySchema,
  /** Whether the chosen one reaches the target on validation episodes. */
  met: z.boolean(),
  advice: z.array(adviceSchema).readonly(),
  /** What ended it before all was tried. */
  cut: z.enum(['time', 'stop']).nullable(),
  processes: countSchema,
  seconds: z.number(),
});
export type SearchReport = z.infer<typeof searchReportSchema>;
