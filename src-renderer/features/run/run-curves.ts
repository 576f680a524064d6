// Which charts a run has, and what is in each: metrics that belong together share one, any other has its own.
import { METRIC } from '../../../src-main/contract/metric-names.ts';
import type { RunDetail } from '../../../src-main/contract/api/runs.ts';
import type { Recipe } from '../../../src-main/contract/recipe.ts';
import type { SeriesView } from '../../state/metric-series.ts';
import type { CurvePoint } from '../../charts/curve.ts';

const POPULATION_RETURN = 'population return';
const EXPLORATION = 'exploration';

/** Drawn together, in one large chart. */
const returns: readonly string[] = [METRIC.trainingReturn, METRIC.validationReturn, POPULATION_RETURN];
/** Drawn as a part of something else. */
const hidden: readonly string[] = [
  METRIC.validationReturnLow,
  METRIC.validationReturnHigh,
  METRIC.trialSparsity,
  METRIC.trialReturn,
  METRIC.trialKept,
  METRIC.trialAccepted,
];
/** In this order, and before all that nobody has foreseen. */
const known: readonly string[] = [
  'loss',
  'distillation loss',
  METRIC.sparsity,
  EXPLORATION,
  'meanQ',
  METRIC.throughput,
];

export interface RunChart {
  readonly kind: 'returns' | 'single';
  readonly names: readonly string[];
}

/** @param names of the metrics that the run has */
export function chartsOf(names: readonly string[]): RunChart[] {
  const present = returns.filter((name) => names.includes(name));
  const others = names.filter((name) => !returns.includes(name) && !hidden.includes(name));
  const place = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length);
  const singles = others.sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  return [
    ...(present.length > 0 ? [{ kind: 'returns', names: present } as const] : []),
    ...singles.map((name) => ({ kind: 'single', names: [name] }) as const),
  ];
}

/** Whether a recipe measures something before it is over: whoever prunes by hand and heals nothing does not. */
function measuresOnItsWay(recipe: Recipe | null): boolean {
  if (recipe?.kind !== 'prune') return recipe?.kind === 'train';
  return recipe.method.kind === 'automatic' || recipe.method.recovery.method !== 'none';
}

/**
 * Whether a run has curves, or is still going to have some: known before the first of them, so that nothing moves when it comes.
 * @param known names of the metrics that are there; null while nobody knows
 */
export function hasCurves(
  { recipe, outcome, metricNames }: Pick<RunDetail, 'recipe' | 'outcome' | 'metricNames'>,
  known: readonly string[] | null,
  goesOn: boolean,
): boolean {
  // A search has its trials, if no curves.
  if (recipe?.kind === 'search') return true;
  const names = known ?? metricNames;
  const searched = outcome?.kind === 'prune' && outcome.report.trials.length > 0;
  if (searched || chartsOf(names).length > 0 || names.includes(METRIC.trialAccepted)) return true;
  return goesOn && measuresOnItsWay(recipe);
}

/** What returns are drawn against: evolution counts its generations, all others the steps that they play. */
export const countOf = (names: readonly string[]): 'generations' | 'steps' =>
  names.includes(POPULATION_RETURN) ? 'generations' : 'steps';

/** A recovery that is tried again counts its steps from 0 again: its curve goes on where the last one ended. */
export function curveOf(series: SeriesView | null): CurvePoint[] {
  let before = 0;
  let last = 0;
  return (series?.points ?? []).map(({ step, value }) => {
    if (step < last) before += last;
    last = step;
    return { x: before + step, y: value };
  });
}

/** Of a metric whose value holds until the next: a share that is set now and then. */
export const isStepped = (name: string): boolean => name === METRIC.sparsity;

/** Metrics that are shares, from nothing to all. */
export const isShare = (name: string): boolean =>
  name === METRIC.sparsity || name === EXPLORATION || name === 'clippedShare';

export interface Trial {
  /** Shares. */
  readonly sparsity: number;
  readonly kept: number;
  readonly accepted: boolean;
}

/** The trials of a search as far as they are measured: the points of their metrics, one of each. */
export function trialsOf(series: (name: string) => SeriesView | null): Trial[] {
  const [sparsities, kept, accepted] = [METRIC.trialSparsity, METRIC.trialKept, METRIC.trialAccepted].map(
    (name) => series(name)?.points ?? [],
  );
  return (sparsities ?? []).flatMap(({ value }, index) => {
    const [share, verdict] = [kept?.[index]?.value, accepted?.[index]?.value];
    if (value === null || share == null || verdict == null) return [];
    return [{ sparsity: value, kept: share, accepted: verdict === 1 }];
  });
}
