// What the study says of a criterion: interquartile mean over agents and seeds with a stratified bootstrap interval, as
// Agarwal et al. 2021 (rliable) aggregate a benchmark.
import { quantile } from '../../../src-main/engine/evaluation/bootstrap.ts';
import { interquartileMean } from '../../../src-main/engine/evaluation/return-statistics.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import type { Finding, Pruned } from './study-cells.ts';

const RESAMPLES = 5000;

export interface Aggregate {
  /** Of the kept share. */
  readonly interquartileMean: number;
  readonly low: number;
  readonly high: number;
}

/** @param strata kept shares of one agent each, by seed */
export function aggregate(strata: readonly (readonly number[])[]): Aggregate {
  const random = new Random(1);
  const resampled = Float64Array.from({ length: RESAMPLES }, () =>
    interquartileMean(strata.flatMap((values) => values.map(() => values[random.integer(values.length)]!))),
  ).sort();
  return {
    interquartileMean: interquartileMean(strata.flat()),
    low: quantile(resampled, 0.025),
    high: quantile(resampled, 0.975),
  };
}

export interface CriterionRow {
  readonly granularity: Finding['granularity'];
  readonly criterion: string;
  /** By recovery, then by sparsity; absent where a criterion has none. */
  readonly kept: Readonly<Partial<Record<Pruned['recovery'], readonly Aggregate[]>>>;
  /** Processor seconds of a scoring, least and most over agents of their median over seeds; null where training scores. */
  readonly seconds: { readonly least: number; readonly most: number } | null;
}

const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return Object.values(Object.groupBy(items, keyOf)).map((group) => group!);
}

/** The row of one granularity and criterion, of everything that was found out about it. */
function rowOf(findings: readonly Finding[]): CriterionRow {
  const { granularity, criterion } = findings[0]!;
  const agents = groupBy(findings, ({ agent }) => agent);
  const keptWith = (recovery: Pruned['recovery']): Aggregate[] => {
    const sparsities = findings[0]!.pruned.filter((one) => one.recovery === recovery).map(({ sparsity }) => sparsity);
    return sparsities.map((sparsity) =>
      aggregate(
        agents.map((seeds) =>
          seeds.map(({ pruned }) => pruned.find((one) => one.recovery === recovery && one.sparsity === sparsity)!.kept),
        ),
      ),
    );
  };
  const [none, distill] = [keptWith('none'), keptWith('distill')];
  const seconds = agents.map((seeds) => seeds.map(({ scoringSeconds }) => scoringSeconds));
  const medians = seconds.flatMap((ofSeeds) => (ofSeeds.includes(null) ? [] : [median(ofSeeds as number[])]));
  return {
    granularity,
    criterion,
    kept: { ...(none.length > 0 && { none }), distill },
    seconds: medians.length === 0 ? null : { least: Math.min(...medians), most: Math.max(...medians) },
  };
}

export function rowsOf(findings: readonly Finding[]): CriterionRow[] {
  return groupBy(findings, ({ granularity, criterion }) => `${granularity} ${criterion}`).map(rowOf);
}
