// What is measured of a policy: its returns on seeds of their own, agreement with another policy, latency.
import { z } from 'zod';

/** Seeds first, first + 1, … first + count − 1; each seed is one episode. */
export const seedRangeSchema = z.strictObject({
  first: z.int().min(0),
  count: z.int().min(1),
});
export type SeedRange = z.infer<typeof seedRangeSchema>;

/** Episodes whose returns are summarised. */
const measuredSeedsSchema = seedRangeSchema.extend({
  count: z.int().min(2, 'a mean return and its interval need at least 2 episodes'),
});

/** Training sees `train`, choosing sees `validation`, and what is reported is measured on `test`. Disjoint. */
export const seedRangesSchema = z.strictObject({
  train: seedRangeSchema,
  validation: measuredSeedsSchema,
  test: measuredSeedsSchema,
});
export type SeedRanges = z.infer<typeof seedRangesSchema>;

/** Training has room for a million episodes; 100 episodes are what small environments are usually judged by. */
export const DEFAULT_SEED_RANGES: SeedRanges = {
  train: { first: 0, count: 1_000_000 },
  validation: { first: 1_000_000, count: 100 },
  test: { first: 2_000_000, count: 100 },
};

/** A 95 % confidence interval: the 2.5th and 97.5th percentile of bootstrap resamples. */
export const intervalSchema = z.strictObject({ low: z.number(), high: z.number() });
export type Interval = z.infer<typeof intervalSchema>;

export const returnSummarySchema = z.strictObject({
  episodes: z.int().min(2),
  mean: z.number(),
  meanInterval: intervalSchema,
  /** Mean of the middle half: 25 % of the returns trimmed at each end (Agarwal et al. 2021, rliable). */
  interquartileMean: z.number(),
  interquartileMeanInterval: intervalSchema,
  median: z.number(),
  /** Of the sample, with n − 1. */
  standardDeviation: z.number(),
  /** Of the mean. */
  standardError: z.number(),
  min: z.number(),
  max: z.number(),
});
export type ReturnSummary = z.infer<typeof returnSummarySchema>;

/** Child − parent on the same seeds. */
export const returnDifferenceSchema = z.strictObject({
  episodes: z.int().min(2),
  mean: z.number(),
  meanInterval: intervalSchema,
});
export type ReturnDifference = z.infer<typeof returnDifferenceSchema>;

/** How often two policies choose alike in the same states. */
export const agreementSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('discrete'),
    states: z.int().min(1),
    /** Share of the states with the same action. */
    share: z.number().min(0).max(1),
  }),
  z.strictObject({
    kind: z.literal('continuous'),
    states: z.int().min(1),
    /** Share of the states in which no component of the action differs by more than `tolerance`. */
    share: z.number().min(0).max(1),
    /** In the action's own units. */
    tolerance: z.number().min(0),
    /** Mean of |a − b| over states and components, in the action's own units. */
    meanAbsoluteDifference: z.number().min(0),
  }),
]);
export type Agreement = z.infer<typeof agreementSchema>;

/** Time from one observation to one action. */
export const latencySchema = z.strictObject({
  batch: z.literal(1),
  medianMicroseconds: z.number().min(0),
  /** 95th percentile over rounds; a round is the mean of enough calls to outlast the clock's resolution. */
  p95Microseconds: z.number().min(0),
  rounds: z.int().min(1),
});
export type Latency = z.infer<typeof latencySchema>;

/** One evaluation of a model on an environment. */
export const evaluationReportSchema = z.strictObject({
  /** The environment's name: "CartPole-v1". */
  environment: z.string(),
  /** Whether the policy always takes its best action; false when actions were sampled. */
  deterministic: z.boolean(),
  seeds: seedRangeSchema,
  /** One per seed, in order. */
  returns: z.array(z.number()).readonly(),
  lengths: z.array(z.int().min(1)).readonly(),
  summary: returnSummarySchema,
  /** The zero of "share of the return kept": the lowest return, or what counts as nothing where there is no lowest. */
  worstReturn: z.number(),
  /** With the parent; null for a model without one, or when it was not measured. */
  agreement: agreementSchema.nullable(),
  /** Null when it was not measured. */
  latency: latencySchema.nullable(),
});
export type EvaluationReport = z.infer<typeof evaluationReportSchema>;
