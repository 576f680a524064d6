// The charts of a report as data.
import type { Interval } from '../../../contract/evaluation.ts';

interface ChartText {
  /** Says what to see. */
  readonly title: string;
  /** How to read it, and for who cannot see it. */
  readonly caption: string;
}

export interface Estimate {
  readonly mean: number;
  readonly interval: Interval;
  /** Both in words. */
  readonly label: string;
}

/** Mean returns as bars from the worst possible return, with their intervals. */
export interface ReturnsChart extends ChartText {
  readonly kind: 'returns';
  readonly worst: number;
  readonly groups: readonly { readonly title: string; readonly dense: Estimate; readonly pruned: Estimate }[];
}

/** Return on validation over the weights that are left. */
export interface TrialsChart extends ChartText {
  readonly kind: 'trials';
  readonly worst: number;
  readonly dense: Estimate & { readonly weights: number };
  readonly pruned: Estimate & { readonly weights: number };
  readonly trials: readonly { readonly weights: number; readonly meanReturn: number; readonly accepted: boolean }[];
  /** The return that had to be kept. */
  readonly keep: { readonly value: number; readonly label: string } | null;
}

/** Nonzero weights of every layer before and after. */
export interface LayersChart extends ChartText {
  readonly kind: 'layers';
  readonly layers: readonly { readonly name: string; readonly before: number; readonly after: number }[];
}

export type Chart = ReturnsChart | TrialsChart | LayersChart;
