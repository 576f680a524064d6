// A run in one line: "Prune 90 % of the weights".
import type { Messages } from './messages.ts';
import { formatBytes, formatMicroseconds, formatNumber, formatPercent } from './numbers.ts';

type PruneTarget =
  | { readonly kind: 'return'; readonly keep: number }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'latency'; readonly microseconds: number };

/** As `RunFacts` of the page's state; texts know nobody. */
export type TitledRun =
  | {
      readonly kind: 'train';
      readonly algorithm: string;
      readonly environment: string;
      readonly sparsity: number | null;
    }
  | {
      readonly kind: 'prune-to';
      readonly granularity: string;
      readonly target: PruneTarget | { readonly kind: 'agreement'; readonly keep: number };
    }
  | { readonly kind: 'prune-share'; readonly granularity: string; readonly sparsity: number }
  | { readonly kind: 'prune-below'; readonly granularity: string; readonly threshold: number }
  | { readonly kind: 'search'; readonly target: PruneTarget }
  | { readonly kind: 'evaluate'; readonly purpose: 'validation' | 'test' }
  | { readonly kind: 'export'; readonly formats: readonly string[] }
  | { readonly kind: 'other'; readonly run: keyof Messages['jobs']['kinds'] };

const most = (target: Exclude<PruneTarget, { kind: 'return' }>): string =>
  target.kind === 'bytes' ? formatBytes(target.bytes) : formatMicroseconds(target.microseconds);

function pieceName(granularity: string, { pieces }: Messages['jobs']): string {
  const { pattern, ...named } = pieces;
  return (named as Readonly<Record<string, string>>)[granularity] ?? pattern(granularity);
}

export function runTitle(run: TitledRun, t: Messages['jobs']): string {
  switch (run.kind) {
    case 'train': {
      const algorithm = run.algorithm.toUpperCase();
      return run.sparsity === null
        ? t.titles.train(algorithm, run.environment)
        : t.titles.trainSparse(algorithm, run.environment, formatPercent(run.sparsity));
    }
    case 'prune-to': {
      const piece = pieceName(run.granularity, t);
      if (run.target.kind === 'return') return t.titles.pruneToReturn(piece, formatPercent(run.target.keep));
      if (run.target.kind === 'agreement') return t.titles.pruneToAgreement(piece, formatPercent(run.target.keep));
      return t.titles.pruneToCost(piece, most(run.target));
    }
    case 'prune-share':
      return t.titles.pruneShare(pieceName(run.granularity, t), formatPercent(run.sparsity));
    case 'prune-below':
      return t.titles.pruneBelow(pieceName(run.granularity, t), formatNumber(run.threshold));
    case 'search':
      return run.target.kind === 'return'
        ? t.titles.searchToReturn(formatPercent(run.target.keep))
        : t.titles.searchToCost(most(run.target));
    case 'evaluate':
      return t.titles.evaluate[run.purpose];
    case 'export':
      return t.titles.export(run.formats.map((format) => FORMAT_NAMES[format] ?? format).join(', '));
    case 'other':
      return t.kinds[run.run];
  }
}

const FORMAT_NAMES: Readonly<Record<string, string>> = { onnx: 'ONNX', tfjs: 'TensorFlow.js' };
