// What is compared, row by row: the value of each model, and how it differs from the baseline.
import type { ModelDetail } from '../../../src-main/contract/api/models.ts';
import { keptShare } from '../../../src-main/contract/kept-share.ts';
import type { DataPruneReport } from '../../../src-main/contract/prune-report.ts';
import type { AnyPruneRecipe } from '../../../src-main/contract/recipe.ts';
import type { Messages } from '../../text/messages.ts';
import type { MethodKind } from '../../text/methods.ts';
import {
  formatBytes,
  formatCount,
  formatMicroseconds,
  formatNumber,
  formatPercent,
  formatPoints,
  formatReturn,
} from '../../text/numbers.ts';

export interface ComparisonCell {
  readonly text: string;
  /** Value minus baseline with its sign; null where that says nothing. */
  readonly difference: string | null;
  /** "[487.1, 500.0]" */
  readonly interval: string | null;
}

export interface ComparisonRow {
  readonly group: 'size' | 'behaviour' | 'speed' | 'making';
  readonly label: string;
  readonly cells: readonly ComparisonCell[];
  /** Whether any model has another value than the baseline. */
  readonly differs: boolean;
}

type Texts = Messages['comparison'];

const withSign = (value: number, text: string): string => (value > 0 ? `+${text}` : text);

/** A quantity: formatted, and its difference from the first as `format` writes it. */
function quantity(
  group: ComparisonRow['group'],
  label: string,
  values: readonly (number | null)[],
  format: (value: number) => string,
  options: {
    relative?: boolean;
    intervals?: readonly (string | null)[];
    /** Where a difference is written otherwise than a value. */
    difference?: (difference: number) => string;
  } = {},
): ComparisonRow {
  const baseline = values[0] ?? null;
  return {
    group,
    label,
    differs: values.some((value) => value !== baseline),
    cells: values.map((value, index) => ({
      text: value === null ? '–' : format(value),
      interval: options.intervals?.[index] ?? null,
      difference:
        index === 0 || value === null || baseline === null || value === baseline
          ? null
          : options.relative === true && baseline !== 0
            ? withSign(value - baseline, formatPercent(value / baseline - 1))
            : withSign(value - baseline, (options.difference ?? format)(value - baseline)),
    })),
  };
}

function words(label: string, values: readonly string[]): ComparisonRow {
  return {
    group: 'making',
    label,
    differs: values.some((value) => value !== values[0]),
    cells: values.map((text) => ({ text, difference: null, interval: null })),
  };
}

const pruneRecipeOf = ({ recipe }: ModelDetail): AnyPruneRecipe | null => (recipe?.kind === 'prune' ? recipe : null);

/** What the run that pruned it measured where nothing could be played. */
const dataReportOf = ({ outcome }: ModelDetail): DataPruneReport | null =>
  outcome?.kind === 'prune' && outcome.report.measure === 'agreement' ? outcome.report : null;

function choice(
  detail: ModelDetail,
  t: Texts,
  of: (method: Extract<AnyPruneRecipe['method'], { kind: 'manual' }>) => string,
): string {
  const recipe = pruneRecipeOf(detail);
  if (recipe === null) return t.rows.none;
  return recipe.method.kind === 'manual' ? of(recipe.method) : t.rows.automatic;
}

function granularityOf(detail: ModelDetail, t: Texts, nameOf: (kind: MethodKind, id: string) => string): string {
  const recipe = pruneRecipeOf(detail);
  return recipe === null ? t.rows.none : nameOf('granularity', recipe.granularity);
}

function amountOf(detail: ModelDetail, t: Texts): string {
  const method = pruneRecipeOf(detail)?.method;
  if (method === undefined) return t.rows.none;
  if (method.kind === 'manual') {
    const { amount } = method;
    return amount.kind === 'sparsity' ? formatPercent(amount.sparsity) : `λ = ${formatNumber(amount.threshold)}`;
  }
  const { target } = method;
  switch (target.kind) {
    case 'return':
    case 'agreement':
      return `≥ ${formatPercent(target.keep)}`;
    case 'bytes':
      return `≤ ${formatBytes(target.bytes)}`;
    case 'latency':
      return `≤ ${formatMicroseconds(target.microseconds)}`;
  }
}

/** @param nameOf what a method is called */
export function comparisonRows(
  models: readonly ModelDetail[],
  t: Texts,
  nameOf: (kind: MethodKind, id: string) => string,
): ComparisonRow[] {
  const counts = models.map(({ model }) => model.counts);
  const denseWeights = counts[0]?.weights ?? 0;
  const summaries = models.map(({ test }) => test?.report.summary ?? null);
  const latencies = models.map((detail) => detail.test?.report.latency ?? dataReportOf(detail)?.pruned.latency ?? null);
  const [first] = models;
  const worst = first?.test?.report.worstReturn ?? 0;
  const dense = summaries[0]?.mean;
  /** Of shares: "37.5 %" of what, of a difference, would be anybody's guess. */
  const points = { difference: (share: number) => t.points(formatPoints(share)) };
  const interval = (bounds: { low: number; high: number }): string =>
    `[${formatReturn(bounds.low, bounds)}, ${formatReturn(bounds.high, bounds)}]`;
  return [
    quantity(
      'size',
      t.rows.weights,
      counts.map((count) => count.nonzeroWeights),
      formatCount,
      { relative: true },
    ),
    quantity(
      'size',
      t.rows.sparsity,
      counts.map((count) => (denseWeights === 0 ? null : 1 - count.nonzeroWeights / denseWeights)),
      formatPercent,
      points,
    ),
    quantity(
      'size',
      t.rows.neurons,
      counts.map((count) => count.hiddenUnits),
      formatCount,
      { relative: true },
    ),
    quantity(
      'size',
      t.rows.macs,
      counts.map((count) => count.macs),
      formatCount,
      { relative: true },
    ),
    quantity(
      'size',
      t.rows.bytes,
      counts.map((count) => count.bytes),
      formatBytes,
      { relative: true },
    ),
    quantity(
      'behaviour',
      t.rows.return,
      summaries.map((summary) => summary?.mean ?? null),
      (value) => formatReturn(value),
      {
        intervals: summaries.map((summary) => (summary === null ? null : interval(summary.meanInterval))),
      },
    ),
    quantity(
      'behaviour',
      t.rows.iqm,
      summaries.map((summary) => summary?.interquartileMean ?? null),
      (value) => formatReturn(value),
      {
        intervals: summaries.map((summary) => (summary === null ? null : interval(summary.interquartileMeanInterval))),
      },
    ),
    quantity(
      'behaviour',
      t.rows.worst,
      summaries.map((summary) => summary?.min ?? null),
      (value) => formatReturn(value),
    ),
    quantity(
      'behaviour',
      t.rows.kept,
      summaries.map((summary) =>
        summary === null || dense === undefined ? null : keptShare({ dense, pruned: summary.mean, worst }),
      ),
      formatPercent,
      points,
    ),
    quantity(
      'behaviour',
      t.rows.agreement,
      models.map((detail) => dataReportOf(detail)?.agreement.test.mean ?? detail.test?.report.agreement?.share ?? null),
      formatPercent,
      {
        ...points,
        intervals: models.map((detail) => {
          const measured = dataReportOf(detail)?.agreement.test.interval;
          return measured === undefined ? null : `[${formatPercent(measured.low)}, ${formatPercent(measured.high)}]`;
        }),
      },
    ),
    quantity(
      'speed',
      t.rows.latency,
      latencies.map((latency) => latency?.medianMicroseconds ?? null),
      formatMicroseconds,
      {
        relative: true,
      },
    ),
    quantity(
      'speed',
      t.rows.p95,
      latencies.map((latency) => latency?.p95Microseconds ?? null),
      formatMicroseconds,
      {
        relative: true,
      },
    ),
    words(
      t.rows.algorithm,
      models.map(({ model }) => model.description.algorithm.toUpperCase()),
    ),
    words(
      t.rows.granularity,
      models.map((detail) => granularityOf(detail, t, nameOf)),
    ),
    words(
      t.rows.amount,
      models.map((detail) => amountOf(detail, t)),
    ),
    words(
      t.rows.criterion,
      models.map((detail) => choice(detail, t, ({ criterion }) => nameOf('criterion', criterion))),
    ),
    words(
      t.rows.allocation,
      models.map((detail) => choice(detail, t, ({ allocation }) => nameOf('allocation', allocation))),
    ),
    words(
      t.rows.schedule,
      models.map((detail) => choice(detail, t, ({ schedule }) => nameOf('schedule', schedule))),
    ),
    words(
      t.rows.recovery,
      models.map((detail) => choice(detail, t, ({ recovery }) => nameOf('recovery', recovery.method))),
    ),
    words(
      t.rows.seed,
      models.map(({ recipe }) => (recipe === null ? t.rows.none : String(recipe.seed))),
    ),
  ];
}
