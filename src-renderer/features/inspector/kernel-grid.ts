// A kernel on a plane: a dense one as its matrix, a convolution as one patch for every channel and filter.
import type { HeatGrid } from '../../charts/heat-map/heat-grid.ts';

export type KernelPlace =
  | { readonly kind: 'dense'; readonly input: number; readonly unit: number }
  | {
      readonly kind: 'conv2d';
      readonly y: number;
      readonly x: number;
      readonly channel: number;
      readonly filter: number;
    };

export interface KernelGrid extends HeatGrid {
  /** What goes from left to right, and from top to bottom. */
  readonly across: 'inputs' | 'units' | 'channels' | 'filters';
  readonly down: 'inputs' | 'units' | 'channels' | 'filters';
  /** Null in a gap. */
  placeAt(column: number, row: number): KernelPlace | null;
}

/** Cells between patches. */
const GAP = 1;

/** [inputs, units]; the longer side lies, as screens do. */
function denseGrid(inputs: number, units: number, values: Float32Array): KernelGrid {
  const lying = inputs >= units;
  return {
    values,
    columns: lying ? inputs : units,
    rows: lying ? units : inputs,
    across: lying ? 'inputs' : 'units',
    down: lying ? 'units' : 'inputs',
    indexAt: lying ? (column, row) => column * units + row : (column, row) => row * units + column,
    placeAt: (column, row) => ({
      kind: 'dense',
      input: lying ? column : row,
      unit: lying ? row : column,
    }),
  };
}

/** [height, width, channels, filters] */
function convolutionGrid(shape: readonly [number, number, number, number], values: Float32Array): KernelGrid {
  const [height, width, channels, filters] = shape;
  const [pitchX, pitchY] = [width + GAP, height + GAP];
  const filtersAcross = filters >= channels;
  const [patchesAcross, patchesDown] = filtersAcross ? [filters, channels] : [channels, filters];
  const placeAt = (column: number, row: number): Extract<KernelPlace, { kind: 'conv2d' }> | null => {
    const [x, y] = [column % pitchX, row % pitchY];
    if (x >= width || y >= height) return null;
    const [across, down] = [Math.floor(column / pitchX), Math.floor(row / pitchY)];
    const [channel, filter] = filtersAcross ? [down, across] : [across, down];
    return { kind: 'conv2d', y, x, channel, filter };
  };
  return {
    values,
    columns: patchesAcross * pitchX - GAP,
    rows: patchesDown * pitchY - GAP,
    across: filtersAcross ? 'filters' : 'channels',
    down: filtersAcross ? 'channels' : 'filters',
    indexAt: (column, row) => {
      const place = placeAt(column, row);
      return place === null ? -1 : ((place.y * width + place.x) * channels + place.channel) * filters + place.filter;
    },
    placeAt,
  };
}

/** @param shape [inputs, units] or [height, width, channels, filters] */
export function kernelGrid(shape: readonly number[], values: Float32Array): KernelGrid {
  const [first = 1, second = 1, third, fourth] = shape;
  return third === undefined || fourth === undefined
    ? denseGrid(first, second, values)
    : convolutionGrid([first, second, third, fourth], values);
}
