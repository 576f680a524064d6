// A parameter in the kernels' dense layout: panels of 4 outputs, [output panel][row][4]; see assembly/records.ts.
import type { PlacedLayer } from '../../networks/shapes.ts';
import { biasName, kernelName, layerParameterShapes, sizeOf } from '../../networks/shapes.ts';
import { panelStride, roundUpTo4 } from './memory-layout.ts';
import type { Storage } from './storage.ts';

export interface ParameterLayout {
  readonly layer: string;
  /** `<layer>/kernel` or `<layer>/bias`. */
  readonly name: string;
  /** Of a kernel: what is multiplied; of a bias: 1. */
  readonly rows: number;
  /** Units or filters. */
  readonly columns: number;
  /** Bytes from one panel of 4 columns to the next. */
  readonly stride: number;
  /** Bytes in all, filling included. */
  readonly bytes: number;
}

/** Kernel and bias of a layer; null for a layer without parameters. */
export function layoutParameters(placed: PlacedLayer): { kernel: ParameterLayout; bias: ParameterLayout } | null {
  const shapes = layerParameterShapes(placed);
  if (shapes === null) return null;
  const columns = sizeOf(shapes.bias);
  const rows = sizeOf(shapes.kernel) / columns;
  const panels = roundUpTo4(columns) / 4;
  const stride = panelStride(roundUpTo4(rows) * 16);
  const { name: layer } = placed.layer;
  return {
    kernel: { layer, name: kernelName(layer), rows, columns, stride, bytes: panels * stride },
    bias: { layer, name: biasName(layer), rows: 1, columns, stride: 16, bytes: panels * 16 },
  };
}

/** Calls back for every value: its index in a plain row-major array, and its index in the panels. */
function eachValue({ rows, columns, stride }: ParameterLayout, visit: (plain: number, packed: number) => void): void {
  for (let column = 0; column < columns; column++) {
    const base = (column >> 2) * (stride / 4) + (column & 3);
    for (let row = 0; row < rows; row++) visit(row * columns + column, base + row * 4);
  }
}

/** Every value, in panels. */
export function panelStorage(layout: ParameterLayout): Storage {
  return {
    bytes: layout.bytes,
    pack: (values, packed) => {
      eachValue(layout, (plain, at) => {
        packed[at] = values[plain]!;
      });
    },
    unpack: (packed, values) => {
      eachValue(layout, (plain, at) => {
        values[plain] = packed[at]!;
      });
    },
  };
}

/** A mask as the optimizers want it: in panels, all bits set where a weight lives. */
export function packMask(layout: ParameterLayout, mask: Uint8Array, packed: Int32Array): void {
  eachValue(layout, (plain, at) => {
    packed[at] = mask[plain] === 0 ? 0 : -1;
  });
}
