// The histograms of several models, layer by layer, brought onto common bins; numbers only.
import type { KernelStatistics, ModelStatistics } from '../../../src-main/contract/statistics.ts';
import { commonWidth, histogramPoints, spanOf, type Span } from '../../state/weight-histogram.ts';

const BINS = 96;

interface Model {
  readonly label: string;
  readonly colour: string;
  readonly statistics: ModelStatistics;
}

export interface LayerHistograms {
  readonly layer: string;
  readonly series: readonly {
    readonly label: string;
    readonly colour: string;
    readonly filled: boolean;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
  readonly span: Span;
  /** Of a bin. */
  readonly width: number;
  /** Of what is left of each model's layer, rather than counts: where what is left differs, only shapes compare. */
  readonly shares: boolean;
}

type Living = NonNullable<KernelStatistics['living']>;

/** @param models the baseline first: it is filled. Layers in its order; those of which nothing is left anywhere are left out */
export function layerHistograms(models: readonly Model[]): LayerHistograms[] {
  return (models[0]?.statistics ?? []).flatMap(({ layer }): LayerHistograms[] => {
    const kernels = models.flatMap(({ statistics, ...model }, index) => {
      const kernel = statistics.find((own) => own.layer === layer)?.kernel;
      const living: Living | null = kernel?.living ?? null;
      if (kernel == null || living === null) return [];
      return [{ ...model, filled: index === 0, living, left: kernel.weights - kernel.zeros, size: kernel.weights }];
    });
    if (kernels.length === 0) return [];
    const all = kernels.map(({ living }) => living);
    const span = spanOf(all);
    const width = commonWidth(all, span, BINS);
    const shares = kernels.some(({ size }) => size !== kernels[0]!.size);
    const series = kernels.map(({ label, colour, filled, living, left }) => ({
      label,
      colour,
      filled,
      points: histogramPoints(living, span, width).points.map(({ x, y }) => ({ x, y: shares ? y / left : y })),
    }));
    return [{ layer, series, span: { from: span.from - width, to: span.to + width }, width, shares }];
  });
}
